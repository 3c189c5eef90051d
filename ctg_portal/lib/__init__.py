"""What the whole portal shares and what knows nothing of the field: dates, numbers, texts, edits."""
