"""The preview's web server: access control, pages of the output, the live event stream, and security headers.

`app.app_of` is the ASGI application. Everything that the preview adds to a page is added while it answers a request;
nothing here writes to the output or builds a page. `response_cache` is an optimisation: it keeps responses in memory
while all browsers load the same pages, and without it each request reads the file again.
"""
