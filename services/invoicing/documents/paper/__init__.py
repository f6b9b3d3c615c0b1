"""An invoice on paper: what pdf.py is made of.

writing.py       contents -> all that is printed, as text in the customer's language
language.py      which words, numbers and dates: a file for each language in words/
numbers.py       amounts, quantities, rates, days, periods
columns.py       how wide the columns are
days_of_use.py   usage by day, as chart and table
payment_code.py  the QR code of a SEPA credit transfer
style.py         the operator's paper, colours, logo and texts
setting.py       text -> PDF, set by typst as invoice.typ says
facturx.py       what a PDF says of the electronic invoice inside it
"""
