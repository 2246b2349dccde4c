-- Checked by domains for the reason that platform 7 gives. points_account keeps its CHECK: that nobody has less than nothing is the table's own last word.
CREATE DOMAIN account_kind AS text CHECK (VALUE IN ('available', 'held', 'spent', 'vendor'));
CREATE DOMAIN transfer_kind AS text CHECK (VALUE IN ('sync', 'hold', 'release', 'capture'));
CREATE DOMAIN points_moved AS bigint CHECK (VALUE <> 0);
CREATE DOMAIN amount AS bigint CHECK (VALUE > 0);
CREATE DOMAIN quantity AS integer CHECK (VALUE > 0);
CREATE DOMAIN hold_state AS text CHECK (VALUE IN ('active', 'captured', 'released'));
CREATE DOMAIN what_is_booked AS text CHECK (VALUE IN ('experience', 'item'));
CREATE DOMAIN means_of_payment AS text CHECK (VALUE IN ('points', 'card'));
CREATE DOMAIN booking_state AS text CHECK (VALUE IN ('requested', 'held', 'awaiting-payment', 'authorised', 'awaiting-venue', 'seated', 'confirmed',
                                                     'undoing', 'declined', 'expired', 'cancelling', 'cancelled', 'needs-operator'));
CREATE DOMAIN payment_state AS text CHECK (VALUE IN ('creating', 'open', 'authorised', 'captured', 'cancelled', 'expired', 'refunding', 'refunded', 'disputed'));

ALTER TABLE points_account DROP CONSTRAINT points_account_kind_check, ALTER COLUMN kind TYPE account_kind;
ALTER TABLE points_transfer DROP CONSTRAINT points_transfer_kind_check, ALTER COLUMN kind TYPE transfer_kind;
ALTER TABLE points_posting DROP CONSTRAINT points_posting_amount_check, ALTER COLUMN amount TYPE points_moved;
ALTER TABLE points_hold
    DROP CONSTRAINT points_hold_amount_check,
    DROP CONSTRAINT points_hold_state_check,
    ALTER COLUMN amount TYPE amount,
    ALTER COLUMN state TYPE hold_state;
ALTER TABLE payment
    DROP CONSTRAINT payment_state_check,
    DROP CONSTRAINT payment_amount_check,
    ALTER COLUMN state TYPE payment_state,
    ALTER COLUMN amount TYPE amount;
ALTER TABLE booking
    DROP CONSTRAINT booking_what_check,
    DROP CONSTRAINT booking_quantity_check,
    DROP CONSTRAINT booking_pay_check,
    DROP CONSTRAINT booking_state_check,
    DROP CONSTRAINT booking_check,
    DROP CONSTRAINT booking_check1,
    DROP CONSTRAINT booking_check2,
    ALTER COLUMN what TYPE what_is_booked,
    ALTER COLUMN quantity TYPE quantity,
    ALTER COLUMN pay TYPE means_of_payment,
    ALTER COLUMN state TYPE booking_state;

-- What a booking is of and what it costs is written once and looked at then, not with each of its states.
CREATE FUNCTION booking_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.what = 'experience') <> (NEW.experience IS NOT NULL AND NEW.connector IS NOT NULL AND NEW.venue IS NOT NULL AND NEW.starts_at IS NOT NULL AND NEW.time_zone IS NOT NULL)
       OR (NEW.what = 'item') <> (NEW.item IS NOT NULL) THEN
        RAISE EXCEPTION 'Booking % does not say what it is of', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF (CASE NEW.pay WHEN 'points' THEN NEW.amount_points > 0 ELSE NEW.amount_minor > 0 AND NEW.currency IS NOT NULL END) IS NOT TRUE THEN
        RAISE EXCEPTION 'Booking % does not say what it costs', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER booking_is_whole AFTER INSERT OR UPDATE OF what, experience, item, connector, venue, starts_at, time_zone, pay, amount_points, amount_minor, currency ON booking
    FOR EACH ROW EXECUTE FUNCTION booking_is_whole();
