-- What `invoice_view` says of each invoice, kept, so that a page of a million is found by an index. It is made of tables
-- of three topics: whichever of their batches touches an invoice writes its row anew from the view (rows.py).
create table invoice_list (
  partition      int     not null,
  invoice_id     text    not null,
  account_id     text    not null,
  status         text    not null,
  payment_status text    not null,
  kind           text    not null,
  approval       text,
  clearance      text    not null,
  legal_entity   text,
  delivery_status text,
  number         text,
  currency       text    not null,
  run_id         text,
  cycle_id       text,
  time_zone      text    not null,
  period_start   date    not null,
  issued_on      date,
  due_on         date,
  net            numeric not null,
  total          numeric not null,
  paid           numeric not null,
  credited       numeric not null,
  due            numeric not null,
  primary key (partition, invoice_id)
);
-- One for each order of the list; those of columns that may be null go one way only, for nulls come last in both.
create index invoice_list_id on invoice_list (invoice_id);
create index invoice_list_issued on invoice_list (issued_on desc nulls last, invoice_id desc);
create index invoice_list_issued_up on invoice_list (issued_on, invoice_id);
create index invoice_list_due_on on invoice_list (due_on desc nulls last, invoice_id desc);
create index invoice_list_due_on_up on invoice_list (due_on, invoice_id);
create index invoice_list_number on invoice_list (number desc nulls last, invoice_id desc);
create index invoice_list_number_up on invoice_list (number, invoice_id);
create index invoice_list_account on invoice_list (account_id, invoice_id);
create index invoice_list_period on invoice_list (period_start, invoice_id);
create index invoice_list_net on invoice_list (net, invoice_id);
create index invoice_list_total on invoice_list (total, invoice_id);
create index invoice_list_paid on invoice_list (paid, invoice_id);
create index invoice_list_due on invoice_list (due, invoice_id);
-- And for the filters that leave few of many.
create index invoice_list_status on invoice_list (status, issued_on desc nulls last, invoice_id desc);
create index invoice_list_payment_status on invoice_list (payment_status, issued_on desc nulls last, invoice_id desc);
create index invoice_list_payment_due on invoice_list (payment_status, due_on, invoice_id);
create index invoice_list_kind on invoice_list (kind, issued_on desc nulls last, invoice_id desc) where kind <> 'invoice';
create index invoice_list_approval on invoice_list (approval, invoice_id) where approval is not null;
create index invoice_list_clearance on invoice_list (clearance, invoice_id) where clearance <> 'none';
create index invoice_list_legal_entity on invoice_list (legal_entity, issued_on desc nulls last, invoice_id desc)
  where legal_entity is not null;
create index invoice_list_delivery on invoice_list (delivery_status, issued_on desc nulls last, invoice_id desc)
  where delivery_status is not null;
create index invoice_list_run on invoice_list (run_id) where run_id is not null;
create index invoice_list_open on invoice_list (due_on, invoice_id) where due > 0;
create index invoice_list_below_zero on invoice_list (invoice_id) where status = 'draft' and total < 0;
create index invoice_list_number_begins on invoice_list (lower(number) collate "C");
create index invoice_list_account_begins on invoice_list (lower(account_id) collate "C");

-- The rows of `invoice_list` that are alike in these columns, counted and summed: what the totals of a list are made of.
create table invoice_sum (
  partition      int     not null,
  alike          text    not null,
  currency       text    not null,
  status         text    not null,
  payment_status text    not null,
  kind           text    not null,
  cycle_id       text,
  time_zone      text    not null,
  issued_on      date,
  due_on         date,
  invoices       bigint  not null,
  net            numeric not null,
  total          numeric not null,
  paid           numeric not null,
  credited       numeric not null,
  due            numeric not null,
  primary key (partition, alike)
);
create index invoice_sum_empty on invoice_sum (partition) where invoices = 0;
