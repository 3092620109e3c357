"""The assistant: any hour, right or silent."""
