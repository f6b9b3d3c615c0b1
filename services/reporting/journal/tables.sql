-- The journal: what every movement is booked as. An entry is what one event books on one day; its postings each debit
-- one account and credit another, so that no entry can be out of balance. Written by the partition and the log (`log`)
-- that its event stands in, once, and never changed. Accounts have names; numbers are the chart's.

create table journal_entry (
  partition   int     not null,
  log         text    not null,
  seq         bigint  not null,
  booked_on   date    not null,
  entry_id    text    not null,
  log_offset  bigint  not null,
  event_id    text    not null,
  event_type  text    not null,
  kind        text    not null,
  account_id  text    not null,
  document_id text    not null,
  number      text    not null,
  invoice_id  text,
  currency    text    not null,
  amount      numeric not null,
  accounts    text[]  not null,
  legal_entity text   not null,
  recorded_at timestamptz not null,
  actor       text,
  primary key (partition, log, seq, booked_on)
);
create index journal_entry_day on journal_entry (booked_on, entry_id);
create index journal_entry_account on journal_entry (account_id, booked_on);
create index journal_entry_document on journal_entry (document_id);
create index journal_entry_invoice on journal_entry (invoice_id) where invoice_id is not null;
create index journal_entry_entity on journal_entry (legal_entity, booked_on) where legal_entity <> '';
create index journal_entry_log on journal_entry (log, partition, log_offset);

create table journal_posting (
  partition   int     not null,
  log         text    not null,
  seq         bigint  not null,
  n           int     not null,
  booked_on   date    not null,
  kind        text    not null,
  debit       text    not null,
  credit      text    not null,
  amount      numeric not null,
  currency    text    not null,
  document_id text    not null,
  number      text    not null,
  invoice_id  text,
  line_n      int,
  plan_id     text    not null,
  subscription_id text not null,
  charge_id   text    not null,
  tax_class   text    not null,
  tax_category text   not null,
  tax_rate    text    not null,
  method      text    not null,
  legal_entity text   not null,
  earned_from date,
  earned_to   date,
  primary key (partition, log, seq, n)
);
create index journal_posting_invoice on journal_posting (partition, invoice_id) where log = 'invoicing';

-- What entries come to by month, kept so that no report reads through the postings: how often each account was posted to,
-- its debits and credits, by kind and what chooses among its numbers. A line that comes to nothing stays.
create table journal_sum (
  partition   int     not null,
  log         text    not null,
  month       date    not null,
  account     text    not null,
  kind        text    not null,
  currency    text    not null,
  plan_id     text    not null,
  tax_class   text    not null,
  tax_category text   not null,
  tax_rate    text    not null,
  method      text    not null,
  legal_entity text   not null,
  postings    bigint  not null,
  debit       numeric not null,
  credit      numeric not null,
  primary key (partition, log, month, account, kind, currency, plan_id, tax_class, tax_category, tax_rate, method,
               legal_entity)
);

-- How many entries of a day and kind there are, and what they come to: the totals of the list.
create table journal_day (
  partition int     not null,
  log       text    not null,
  booked_on date    not null,
  kind      text    not null,
  currency  text    not null,
  entries   bigint  not null,
  amount    numeric not null,
  primary key (partition, log, booked_on, kind, currency)
);

-- Lines of drafts that are not issued: what decides how they are earned.
create table journal_draft_line (
  partition    int     not null,
  invoice_id   text    not null,
  n            int     not null,
  kind         text    not null,
  net          numeric not null,
  period_start date    not null,
  period_end   date    not null,
  plan_id      text    not null,
  subscription_id text not null,
  charge_id    text    not null,
  tax_class    text    not null,
  divided      boolean not null,
  primary key (partition, invoice_id, n)
);

-- Drafts that were carried into another one, which may have been carried on.
create table journal_carried (
  partition  int  not null,
  invoice_id text not null,
  into_id    text not null,
  primary key (partition, invoice_id)
);
create index journal_carried_into on journal_carried (partition, into_id);

-- The legal entity of an account, as each log has said last; empty for the operator.
create table journal_entity (
  partition    int  not null,
  log          text not null,
  account_id   text not null,
  legal_entity text not null,
  primary key (partition, log, account_id)
);
create index journal_entity_entity on journal_entity (legal_entity, account_id) where log = 'invoicing';
create index journal_entity_account on journal_entity (account_id) where log = 'invoicing';

-- Charts of accounts, each from a day on; and exports: what of the journal each has. Written by partition 0.
create table chart_row (
  partition      int  not null,
  version        int  not null,
  effective_from date not null,
  terms          jsonb not null,
  set_at         timestamptz not null,
  set_by         text,
  primary key (partition, version)
);
create table journal_export_row (
  partition     int  not null,
  n             int  not null,
  export_id     text not null,
  month         date not null,
  closes        boolean not null,
  opens_on      date,
  chart_version int  not null,
  cut           jsonb not null,
  exported_at   timestamptz not null,
  exported_by   text,
  primary key (partition, n)
);
