"""What is said in several places is the same in all of them: code, deploy, docs, settings, wording."""
