"""Cities and their districts, with coordinates; shipped as data, from GeoNames."""
