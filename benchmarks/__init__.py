"""What is measured, how, against whom: a module with a function `run` is a benchmark, `motcua bench` lists them."""
