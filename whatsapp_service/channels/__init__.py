"""The channels people write from: neutral types, and one package for each provider's wire."""
