"""Values taken out of what people write: found in a sentence, normalised, or refused with the reason. Pure."""
