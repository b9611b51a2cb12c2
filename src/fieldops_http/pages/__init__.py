"""
Server-rendered pages, over the same commands and questions as the API.
"""
