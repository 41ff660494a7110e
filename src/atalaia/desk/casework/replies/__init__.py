"""What a creator is answered about a case, in their language."""
