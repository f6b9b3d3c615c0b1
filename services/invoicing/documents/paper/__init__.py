"""An invoice on paper: what pdf.py is made of.

style.py     the operator's paper, colours, logo and texts
"""
