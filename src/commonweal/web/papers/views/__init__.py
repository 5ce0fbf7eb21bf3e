"""Views of papers, by who looks."""
