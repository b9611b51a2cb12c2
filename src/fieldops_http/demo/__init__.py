"""
A made-up company to look around in: Wasatch Home Services with offices in Provo, Boise and Phoenix, its people,
customers, and visits around today.
"""

from fieldops_http.demo.running import run
from fieldops_http.demo.size import SIZES

__all__ = ["SIZES", "run"]
