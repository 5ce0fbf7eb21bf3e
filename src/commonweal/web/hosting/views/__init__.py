"""What hosts show, what they are asked, and their desk."""
