"""What a link to a page shows elsewhere: its picture and its data, and what crawlers may read."""
