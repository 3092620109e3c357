"""The pages: citizens find a procedure, hand in and follow; officers work; leaders look. Rendered on the server."""
