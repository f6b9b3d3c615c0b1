-- Issued credit notes and what their lines are about.
create table credit_note_row (
  partition      int     not null,
  credit_note_id text    not null,
  number         text    not null,
  account_id     text    not null,
  invoice_id     text    not null,
  currency       text    not null,
  issued_on      date    not null,
  reason         text    not null,
  net            numeric not null,
  tax            numeric not null,
  total          numeric not null,
  tax_groups     jsonb   not null,
  region         text    not null,
  reissued_as    text,
  issued_at      timestamptz not null,
  primary key (partition, credit_note_id)
);
create index credit_note_row_invoice on credit_note_row (partition, invoice_id);
create index credit_note_row_account on credit_note_row (account_id);
create index credit_note_row_issued on credit_note_row (issued_on, credit_note_id);

create table credit_note_line_row (
  partition       int     not null,
  credit_note_id  text    not null,
  place           int     not null,
  kind            text    not null,
  charge_id       text,
  subscription_id text,
  plan_id         text,
  meter           text,
  net             numeric not null,
  primary key (partition, credit_note_id, place)
);
