-- What is owed, what was paid, and which pays which.

create table receivable_row (
  partition  int     not null,
  invoice_id text    not null,
  account_id text    not null,
  number     text    not null,
  amount     numeric not null,
  open       numeric not null,
  currency   text    not null,
  issued_on  date    not null,
  due_on     date    not null,
  credited   numeric not null,
  written_off  numeric not null,
  disputed   numeric not null,
  kind       text    not null,
  recorded_at  timestamptz not null,
  withdrawn_on date,
  withdrawn_at timestamptz,
  legal_entity text,
  primary key (partition, invoice_id)
);
create index receivable_row_account on receivable_row (partition, account_id);
create index receivable_row_open on receivable_row (due_on) where open <> 0;
create index receivable_row_open_issued on receivable_row (issued_on) where open <> 0;

create table payment_row (
  partition   int     not null,
  payment_id  text    not null,
  account_id  text    not null,
  amount      numeric not null,
  unallocated numeric not null,
  currency    text    not null,
  method      text    not null,
  received_on date    not null,
  status      text    not null,
  primary key (partition, payment_id)
);
create index payment_row_id on payment_row (payment_id);
create index payment_row_begins on payment_row (lower(payment_id) collate "C");
create index payment_row_account on payment_row (account_id);
create index payment_row_received on payment_row (received_on);
create index payment_row_unallocated on payment_row (received_on) where unallocated <> 0;

-- What became of payments: `amount` is what the event is about, `moved` the money that came in or (below zero) went out
-- again; `seq` is the number of the event that says so.
create table payment_event_row (
  partition    int     not null,
  seq          bigint  not null,
  payment_id   text    not null,
  account_id   text    not null,
  method       text    not null,
  outcome      text    not null,
  amount       numeric not null,
  moved        numeric not null,
  currency     text    not null,
  day          date    not null,
  primary key (partition, seq)
);
create index payment_event_row_account on payment_event_row (account_id, day);
create index payment_event_row_day on payment_event_row (day desc, seq desc);

-- What is owed, by day (owed_by_day.py): the sum up to a day is what was open or overdue at its end.
create table owed_day (
  partition int     not null,
  day       date    not null,
  currency  text    not null,
  what      text    not null,
  amount    numeric not null,
  primary key (partition, day, currency, what)
);
create index owed_day_day on owed_day (day);

-- Payments by day, counted and summed by what became of them; amounts are above zero, but for `moved`.
create table payment_day (
  partition int     not null,
  day       date    not null,
  currency  text    not null,
  method    text    not null,
  outcome   text    not null,
  payments  bigint  not null,
  amount    numeric not null,
  moved     numeric not null,
  primary key (partition, day, currency, method, outcome)
);
create index payment_day_day on payment_day (day);

-- What was given up of an invoice, or (below zero) is owed again.
create table write_off_row (
  partition  int     not null,
  seq        bigint  not null,
  invoice_id text    not null,
  amount     numeric not null,
  currency   text    not null,
  rounding   boolean not null,
  counts_on  date    not null,
  recorded_at timestamptz not null,
  primary key (partition, seq)
);
create index write_off_row_invoice on write_off_row (partition, invoice_id);

-- What was taken back is below zero.
create table allocation_row (
  partition  int     not null,
  seq        bigint  not null,
  payment_id text    not null,
  invoice_id text    not null,
  amount     numeric not null,
  currency   text    not null,
  recorded_at timestamptz not null,
  taken_back_on date,
  primary key (partition, seq)
);
create index allocation_row_invoice on allocation_row (partition, invoice_id);
create index allocation_row_payment on allocation_row (payment_id);

-- Credit notes as credit, and what they paid of other invoices than their own; credit that was granted likewise.
create table credit_row (
  partition      int     not null,
  credit_note_id text    not null,
  number         text    not null,
  account_id     text    not null,
  invoice_id     text    not null,
  amount         numeric not null,
  applied        numeric not null,
  unallocated    numeric not null,
  currency       text    not null,
  issued_on      date    not null,
  recorded_at    timestamptz not null,
  granted        boolean not null,
  primary key (partition, credit_note_id)
);
create index credit_row_account on credit_row (account_id);
create index credit_row_unallocated on credit_row (issued_on) where unallocated <> 0;
create index credit_row_invoice on credit_row (partition, invoice_id);

create table credit_allocation_row (
  partition      int     not null,
  seq            bigint  not null,
  credit_note_id text    not null,
  invoice_id     text    not null,
  amount         numeric not null,
  currency       text    not null,
  recorded_at    timestamptz not null,
  primary key (partition, seq)
);
create index credit_allocation_row_invoice on credit_allocation_row (partition, invoice_id);

-- When an allocation took effect: when both the money and the claim were there, or when it was taken back.
create view allocation_view as
select l.*, r.account_id, r.due_on, p.received_on,
       coalesce(l.taken_back_on, greatest(p.received_on, r.issued_on)) as effective_on
  from allocation_row l
  join payment_row p on p.partition = l.partition and p.payment_id = l.payment_id
  join receivable_row r on r.partition = l.partition and r.invoice_id = l.invoice_id;

-- Whatever changed what is open of an invoice, and from which day on: payments, credit, credit notes of its own,
-- write-offs, a void.
create view settlement_view as
select partition, invoice_id, currency, amount, due_on, effective_on from allocation_view
 union all
select l.partition, l.invoice_id, l.currency, l.amount, r.due_on, greatest(c.issued_on, r.issued_on)
  from credit_allocation_row l
  join credit_row c on c.partition = l.partition and c.credit_note_id = l.credit_note_id
  join receivable_row r on r.partition = l.partition and r.invoice_id = l.invoice_id
 union all
select c.partition, c.invoice_id, c.currency, c.applied, r.due_on, greatest(c.issued_on, r.issued_on)
  from credit_row c
  join receivable_row r on r.partition = c.partition and r.invoice_id = c.invoice_id
 where c.applied <> 0
 union all
select w.partition, w.invoice_id, w.currency, w.amount, r.due_on, greatest(w.counts_on, r.issued_on)
  from write_off_row w
  join receivable_row r on r.partition = w.partition and r.invoice_id = w.invoice_id
 union all
select r.partition, r.invoice_id, r.currency, r.amount, r.due_on, r.withdrawn_on
  from receivable_row r where r.withdrawn_on is not null;
