-- These rows are made in one transaction with what they point at, which is never deleted. Looking that up again for each of them locked the same few rows
-- (every booking its experience, every transfer its member) and cost a tenth of a booking; the hourly invariant I15 looks at all of them.
ALTER TABLE booking
    DROP CONSTRAINT booking_member_fkey,
    DROP CONSTRAINT booking_experience_fkey,
    DROP CONSTRAINT booking_item_fkey;
ALTER TABLE message
    DROP CONSTRAINT message_booking_fkey,
    DROP CONSTRAINT message_member_fkey;
ALTER TABLE points_hold DROP CONSTRAINT points_hold_member_fkey;
ALTER TABLE points_transfer DROP CONSTRAINT points_transfer_member_fkey;
ALTER TABLE points_posting
    DROP CONSTRAINT points_posting_transfer_fkey,
    DROP CONSTRAINT points_posting_member_account_fkey;

-- When a member's points were taken last is asked with each balance that Memberson tells: without this it read every transfer there ever was.
CREATE INDEX points_transfer_captured ON points_transfer (member, at) WHERE kind = 'capture';

-- Read by nobody, and written anew with each change of a booking. Numbers are drawn by the table.
DROP INDEX booking_promise;
ALTER TABLE booking DROP CONSTRAINT booking_number_key;
