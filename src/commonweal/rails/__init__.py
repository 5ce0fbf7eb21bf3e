"""One folder for each way money really moves; settings name the ones in use."""
