"""The knowledge base: files that people upload, cut into chunks, found by their words and meaning."""
