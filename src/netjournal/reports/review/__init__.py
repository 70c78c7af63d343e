"""Looking back over a span of days, beside the equally long one before it."""
