-- Mail to staff and to addresses that a schedule names. An attempt is written down before the mail server is called
-- (`sending`, with the `claim` of the process), and what came of it after. `body` is sealed in the vault, and gone when
-- the mail is out: a link to set a password is written nowhere else.
create table if not exists durable.mail (
  mail_id    text        primary key,
  kind       text        not null,
  address    text        not null,
  about      text        not null,   -- the job of a file, the person whose link it is, or a customer's link
  schedule_id text,
  body       text,
  status     text        not null default 'waiting',
  attempts   int         not null default 0,
  not_before timestamptz not null default now(),
  claim      text,
  started_at timestamptz,
  ended_at   timestamptz,
  code       text,
  answer     text,
  created_at timestamptz not null default now()
);
create index if not exists mail_open on durable.mail (not_before) where status in ('waiting', 'sending');
create index if not exists mail_created on durable.mail (created_at, mail_id);
create index if not exists mail_about on durable.mail (about);
