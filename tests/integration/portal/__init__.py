"""The pages over real data, asked without a browser."""
