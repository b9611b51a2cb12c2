"""
A made-up company to look around in: Wasatch Home Services of Provo, Utah, with its people, customers and two weeks of
visits around today.
"""

from fieldops_http.demo.running import run

__all__ = ["run"]
