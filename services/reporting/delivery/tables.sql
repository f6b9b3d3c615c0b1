-- Deliveries of documents, as far as an invoice shows them; invoicing has them whole.
create table delivery_row (
  partition   int         not null,
  delivery_id text        not null,
  document_id text        not null,
  channel     text        not null,
  status      text        not null,
  asked_at    timestamptz not null,
  sent_at     timestamptz,
  primary key (partition, delivery_id)
);
create index delivery_row_document on delivery_row (partition, document_id, asked_at);
