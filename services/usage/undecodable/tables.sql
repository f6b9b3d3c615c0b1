-- Bytes that intake could not read, and where in usage.dead of this partition they are. `item` is the index in the event.
create table undecodable (
    partition          integer not null,
    seq                bigint  not null,
    item               integer not null,
    reported_partition integer not null,
    position           bigint  not null,
    dead_offset        bigint  not null,
    primary key (partition, seq, item)
);
