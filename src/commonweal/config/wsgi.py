"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from commonweal.config import environment, safety

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.config.settings")
safety.refuse_unsafe(environment.read())
application = get_wsgi_application()
