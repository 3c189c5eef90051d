"""What the whole portal shares knowing nothing of the field: dates, numbers, texts, edits."""
