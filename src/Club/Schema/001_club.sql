-- A member as the club knows him. No password and no vendor's token: Memberson checks who he is.
CREATE TABLE member (
    id              uuid PRIMARY KEY,               -- identity.app_user
    organization    integer NOT NULL,
    customer_number text NOT NULL,
    member_no       text,                           -- the active membership; null when there is none
    name            text NOT NULL,
    first_name      text NOT NULL,
    last_name       text NOT NULL,
    email           text NOT NULL,
    tier            text,
    point_type      text,
    -- What Memberson said last; what can be spent here is in points_account.
    vendor_points   bigint,
    points_as_of    timestamptz,
    last_sign_in    timestamptz NOT NULL,
    UNIQUE (organization, customer_number)
);

-- Double entry, a member's points as they stand here. 'vendor' is where points come from and may be below zero.
CREATE TABLE points_account (
    member  uuid NOT NULL REFERENCES member,
    kind    text NOT NULL CHECK (kind IN ('available', 'held', 'spent', 'vendor')),
    balance bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (member, kind),
    CHECK (balance >= 0 OR kind = 'vendor')
);

CREATE TABLE points_transfer (
    id      uuid PRIMARY KEY,
    member  uuid NOT NULL REFERENCES member,
    kind    text NOT NULL CHECK (kind IN ('sync', 'hold', 'release', 'capture')),
    booking uuid,
    at      timestamptz NOT NULL
);
-- A booking's points are held once, and then captured once or released once.
CREATE UNIQUE INDEX points_transfer_once ON points_transfer (booking, (CASE kind WHEN 'hold' THEN 'hold' ELSE 'end' END)) WHERE booking IS NOT NULL;

CREATE TABLE points_posting (
    transfer uuid NOT NULL REFERENCES points_transfer,
    member   uuid NOT NULL,
    account  text NOT NULL,
    amount   bigint NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (transfer, account),
    FOREIGN KEY (member, account) REFERENCES points_account
);

CREATE FUNCTION postings_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount) FROM club.points_posting WHERE transfer = NEW.transfer) <> 0 THEN
        RAISE EXCEPTION 'The postings of transfer % do not add up to zero', NEW.transfer;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER postings_balance AFTER INSERT OR UPDATE ON points_posting DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION postings_balance();

CREATE TABLE points_hold (
    booking uuid PRIMARY KEY,
    member  uuid NOT NULL REFERENCES member,
    amount  bigint NOT NULL CHECK (amount > 0),
    state   text NOT NULL CHECK (state IN ('active', 'captured', 'released')),
    at      timestamptz NOT NULL
);
CREATE INDEX points_hold_active ON points_hold (member) WHERE state = 'active';

CREATE TABLE picture (
    id           uuid PRIMARY KEY,
    organization integer NOT NULL,
    media_type   text NOT NULL,
    width        integer NOT NULL,
    height       integer NOT NULL,
    sha256       bytea NOT NULL,
    bytes        bytea NOT NULL,
    at           timestamptz NOT NULL
);

-- What members can book: a place at a vendor's venue, with a price in points and in money for each ticket.
CREATE TABLE experience (
    id             uuid PRIMARY KEY,
    organization   integer NOT NULL,
    title          text NOT NULL,
    description    text NOT NULL,
    unit           text NOT NULL,                   -- business unit
    connector      text NOT NULL,
    venue          text NOT NULL,
    time_zone      text NOT NULL,
    price_points   bigint CHECK (price_points > 0),
    price_minor    bigint CHECK (price_minor > 0),
    currency       text NOT NULL,
    tickets_max    integer NOT NULL CHECK (tickets_max BETWEEN 1 AND 50),
    lead_minutes   integer NOT NULL CHECK (lead_minutes >= 0),
    state          text NOT NULL CHECK (state IN ('draft', 'published', 'archived')),
    shown_from     timestamptz,
    shown_until    timestamptz,
    place          integer NOT NULL,
    pictures       uuid[] NOT NULL DEFAULT '{}',
    version        integer NOT NULL DEFAULT 1,
    changed_by     text NOT NULL,
    changed_at     timestamptz NOT NULL,
    CHECK (price_points IS NOT NULL OR price_minor IS NOT NULL)
);
CREATE INDEX experience_shown ON experience (organization, place) WHERE state = 'published';

-- What members can take home; the club owns the stock.
CREATE TABLE item (
    id           uuid PRIMARY KEY,
    organization integer NOT NULL,
    title        text NOT NULL,
    description  text NOT NULL,
    unit         text NOT NULL,
    price_points bigint CHECK (price_points > 0),
    price_minor  bigint CHECK (price_minor > 0),
    currency     text NOT NULL,
    free         integer NOT NULL CHECK (free >= 0),
    reserved     integer NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    sold         integer NOT NULL DEFAULT 0 CHECK (sold >= 0),
    state        text NOT NULL CHECK (state IN ('draft', 'published', 'archived')),
    place        integer NOT NULL,
    pictures     uuid[] NOT NULL DEFAULT '{}',
    version      integer NOT NULL DEFAULT 1,
    changed_by   text NOT NULL,
    changed_at   timestamptz NOT NULL,
    CHECK (price_points IS NOT NULL OR price_minor IS NOT NULL)
);

-- A booking of an experience, or the redemption of an item, which is a booking without a seat.
CREATE TABLE booking (
    id              uuid PRIMARY KEY,
    number          bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    organization    integer NOT NULL,
    member          uuid NOT NULL REFERENCES member,
    what            text NOT NULL CHECK (what IN ('experience', 'item')),
    experience      uuid REFERENCES experience,
    item            uuid REFERENCES item,
    title           text NOT NULL,
    unit            text NOT NULL,
    connector       text,
    venue           text,
    time_zone       text,
    starts_at       timestamptz,
    lead_minutes    integer NOT NULL DEFAULT 0,
    quantity        integer NOT NULL CHECK (quantity > 0),
    pay             text NOT NULL CHECK (pay IN ('points', 'card')),
    amount_points   bigint,
    amount_minor    bigint,
    currency        text,
    state           text NOT NULL CHECK (state IN ('requested', 'held', 'awaiting-payment', 'authorised', 'awaiting-venue', 'seated', 'confirmed',
                                                   'undoing', 'declined', 'expired', 'cancelling', 'cancelled', 'needs-operator')),
    reason          text,
    -- Why the way back was asked for: 'member' or 'expired'; null when a vendor refused.
    undo_wish       text,
    reference       text,                           -- the vendor's, or the code with which an item is collected
    idem_key        text NOT NULL,
    request_hash    bytea NOT NULL,
    config_revision bigint NOT NULL,
    promise_by      timestamptz,
    promise_told    boolean NOT NULL DEFAULT false,
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    confirmed_at    timestamptz,
    UNIQUE (member, idem_key),
    CHECK ((what = 'experience') = (experience IS NOT NULL AND connector IS NOT NULL AND venue IS NOT NULL AND starts_at IS NOT NULL AND time_zone IS NOT NULL)),
    CHECK ((what = 'item') = (item IS NOT NULL)),
    CHECK (CASE pay WHEN 'points' THEN amount_points > 0 ELSE amount_minor > 0 AND currency IS NOT NULL END)
);
CREATE INDEX booking_member ON booking (member, number DESC);
CREATE INDEX booking_open ON booking (organization, created_at) WHERE state NOT IN ('confirmed', 'declined', 'expired', 'cancelled');
CREATE INDEX booking_promise ON booking (promise_by) WHERE state NOT IN ('confirmed', 'declined', 'expired', 'cancelled');

CREATE TABLE payment (
    booking    uuid PRIMARY KEY REFERENCES booking,
    session_id text UNIQUE,
    session_url text,
    intent_id  text UNIQUE,
    state      text NOT NULL CHECK (state IN ('creating', 'open', 'authorised', 'captured', 'cancelled', 'expired', 'refunding', 'refunded', 'disputed')),
    amount     bigint NOT NULL CHECK (amount > 0),
    currency   text NOT NULL,
    updated_at timestamptz NOT NULL
);

-- What a booking tells people and when; one row a message, in the transaction that makes it true.
CREATE TABLE message (
    dedupe_key text PRIMARY KEY,
    booking    uuid NOT NULL REFERENCES booking,
    member     uuid NOT NULL REFERENCES member,
    template   text NOT NULL,
    text       text NOT NULL,
    at         timestamptz NOT NULL,
    read_at    timestamptz
);
CREATE INDEX message_member ON message (member, at DESC);
CREATE INDEX message_booking ON message (booking, at);

-- What operators did to bookings.
CREATE TABLE operator_action (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    booking uuid REFERENCES booking,
    who     uuid NOT NULL,
    name    text NOT NULL,
    what    text NOT NULL,
    reason  text,
    before  text,
    after   text,
    at      timestamptz NOT NULL
);

-- A change of points by staff: one proposes, another approves, then it is entered at Memberson by hand, which has no call for it.
CREATE TABLE point_change (
    id             uuid PRIMARY KEY,
    organization   integer NOT NULL,
    member         uuid NOT NULL REFERENCES member,
    booking        uuid REFERENCES booking,
    amount         bigint NOT NULL CHECK (amount <> 0),
    reason         text NOT NULL,
    state          text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'entered')),
    proposed_by    uuid,                            -- null: the system, because a confirmed booking by points was cancelled
    proposed_name  text NOT NULL,
    approved_by    uuid,
    approved_name  text,
    transaction_no text,
    proposed_at    timestamptz NOT NULL,
    approved_at    timestamptz,
    entered_at     timestamptz,
    CHECK (approved_by IS NULL OR proposed_by IS NULL OR approved_by <> proposed_by),
    CHECK (state NOT IN ('approved', 'entered') OR approved_by IS NOT NULL)
);
CREATE UNIQUE INDEX point_change_booking ON point_change (booking) WHERE booking IS NOT NULL AND state <> 'rejected';

-- The last good answer of a vendor, for when there is no better one.
CREATE TABLE snapshot (
    connector text NOT NULL,
    key       text NOT NULL,
    body      jsonb NOT NULL,
    as_of     timestamptz NOT NULL,
    PRIMARY KEY (connector, key)
);

-- Found by the checks that run every hour.
CREATE TABLE broken_invariant (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invariant text NOT NULL,
    subject   text NOT NULL,
    detail    text NOT NULL,
    found_at  timestamptz NOT NULL
);
