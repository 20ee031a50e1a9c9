"""What would change a verdict: the smallest changes of the log, its coverage, the day or what people said that do."""
