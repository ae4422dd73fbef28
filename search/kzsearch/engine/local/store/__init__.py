"""The durable half of the engine: it knows files, locks and articles, but no engine."""
