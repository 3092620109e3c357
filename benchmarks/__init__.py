"""What is measured, how, against whom; each prints ratios."""
