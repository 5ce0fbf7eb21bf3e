"""The HTML face: pages for people, complete without scripts, better with htmx."""
