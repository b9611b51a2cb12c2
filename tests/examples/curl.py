"""
Stands in for curl where the machine has none: as much of it as the README's session needs.
"""

import argparse
import sys

import httpx


def main() -> None:
    parser = argparse.ArgumentParser(prog="curl")
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-H", action="append", default=[], dest="headers")
    parser.add_argument("-d", dest="data")
    parser.add_argument("url")
    asked = parser.parse_args()
    headers = {name: value.strip() for name, _, value in (each.partition(":") for each in asked.headers)}
    method = "GET" if asked.data is None else "POST"
    answer = httpx.request(method, asked.url, headers=headers, content=asked.data)
    sys.stdout.write(answer.text)


if __name__ == "__main__":
    main()
