"""What arrives: one uploaded file as pages, whatever its format; one module per outside tool."""
