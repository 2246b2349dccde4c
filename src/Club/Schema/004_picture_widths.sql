-- The same picture made narrower, for small screens: made by the browser that sent it, as this process opens no pictures.
CREATE TABLE picture_width (
    picture    uuid NOT NULL REFERENCES picture ON DELETE CASCADE,
    width      integer NOT NULL,
    media_type text NOT NULL,
    bytes      bytea NOT NULL,
    PRIMARY KEY (picture, width)
);
