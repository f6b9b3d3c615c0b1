"""What was invoiced, credited and taxed, summed by day as documents are issued: what reports of years are made of."""
