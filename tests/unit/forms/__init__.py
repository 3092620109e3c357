"""What a form says, without a file of it."""
