"""What was done, kept: sessions written as they happen, queried, merged and handed out."""
