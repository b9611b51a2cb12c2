// On every page behind the login: parts of pages are exchanged by htmx.

import "htmx.org";
