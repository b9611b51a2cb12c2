"""
Sheets as PDF files.
"""
