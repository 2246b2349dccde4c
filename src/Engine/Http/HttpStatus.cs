namespace Rialto.Engine.Http;

/// <summary>The status of a ClickHouse error code, as a ClickHouse server answers it.</summary>
internal static class HttpStatus
{
    public static int Of(int code) => code switch
    {
        194 => 401, // REQUIRED_PASSWORD
        192 or 193 or 497 or 512 or 516 => 403, // UNKNOWN_USER, WRONG_PASSWORD, ACCESS_DENIED, SET_NON_GRANTED_ROLE, AUTHENTICATION_FAILED
        6 or 25 or 26 or 27 or 38 or 41 or 72 or 376 or 441 or 675 or 676 => 400, // CANNOT_PARSE_*
        8 or 15 or 36 or 44 or 53 or 62 or 69 or 104 or 117 or 167 or 168 or 223 or 427 => 400, // wrong text, types, values
        46 or 47 or 50 or 56 or 60 or 63 or 73 or 78 or 81 or 115 or 336 or 511 => 404, // UNKNOWN_FUNCTION, _IDENTIFIER, _TYPE, _STORAGE, _TABLE, ...
        80 => 400, // INTO_OUTFILE_NOT_ALLOWED: the caller's mistake
        76 => 400, // FROM INFILE, likewise
        159 => 408, // TIMEOUT_EXCEEDED
        161 => 413, // QUERY_IS_TOO_LARGE
        415 => 415, // UNSUPPORTED_MEDIA_TYPE
        48 => 501, // NOT_IMPLEMENTED
        // A server answers 500 to TOO_MANY_SIMULTANEOUS_QUERIES; 503 is what a balancer and a retry understand.
        74 or 202 or 209 or 439 => 503, // CANNOT_OPEN_FILE, SOCKET_TIMEOUT, CANNOT_SCHEDULE_TASK
        _ => 500,
    };
}
