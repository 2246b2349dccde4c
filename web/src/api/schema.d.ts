// Generated from openapi.json by "npm run api -w web". Do not edit.

export interface paths {
    "/_bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Takes records of the key's application as an Elasticsearch bulk request. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {"create":{}}
                     *     {"level":"error","service":"checkout","message":"payment failed"}
                     */
                    "application/x-ndjson": unknown;
                };
            };
            responses: {
                /** @description Every item with its own status, as Elasticsearch answers it: a shipper repeats only what was refused. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Nothing of it can be read; nothing was taken. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The body, or every record of it, is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Over the quota of the application; Retry-After says when to come back. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No room for it just now; nothing of it is lost when it is sent again, as Retry-After says. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        /** Takes records of the key's application as an Elasticsearch bulk request. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {"create":{}}
                     *     {"level":"error","service":"checkout","message":"payment failed"}
                     */
                    "application/x-ndjson": unknown;
                };
            };
            responses: {
                /** @description Every item with its own status, as Elasticsearch answers it: a shipper repeats only what was refused. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Nothing of it can be read; nothing was taken. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The body, or every record of it, is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Over the quota of the application; Retry-After says when to come back. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No room for it just now; nothing of it is lost when it is sent again, as Retry-After says. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Applications that send or read data, in order of name. */
        get: {
            parameters: {
                query?: {
                    organization?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApplicationList"];
                    };
                };
            };
        };
        put?: never;
        /** Makes an application; give it a key next. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ApplicationCreate"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApplicationView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes an application that has no key in force and no data. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Renames an application, or changes how long its records are kept. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ApplicationChange"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApplicationView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people and programs administered, newest first. */
        get: {
            parameters: {
                query?: {
                    Action?: string;
                    Target?: string;
                    Actor?: string;
                    From?: string;
                    To?: string;
                    Before?: number;
                    Limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditPage"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as CSV. */
        get: {
            parameters: {
                query?: {
                    Action?: string;
                    Target?: string;
                    Actor?: string;
                    From?: string;
                    To?: string;
                    Before?: number;
                    Limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Checks the whole chain and says where it is broken. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditVerdict"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** OAuth clients, newest first; never their secrets. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClientList"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a client; its secret is shown once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ClientCreate"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NewClient"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a client and its tokens on all nodes within five seconds. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret in place of the old one; tokens that were given stay good until they end. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NewClient"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations of the organization, newest first. */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PageOfInvitationView"];
                    };
                };
            };
        };
        put?: never;
        /** Invites a person by mail, or answers with the link when there is no mail server. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InvitationCreate"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitationView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraws an invitation that was not accepted. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends an invitation again; it is good for another week. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitationView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys of the organization's applications, newest first; never their secrets. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Key"][];
                    };
                };
            };
        };
        put?: never;
        /** Makes a key; its text is shown once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["KeyCreate"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NewKey"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a key on all nodes within five seconds. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a key in place of this one, which works on for the overlap. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["KeyRotate"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NewKey"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All organizations for who manages the platform, else one's own. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrganizationList"];
                    };
                };
            };
        };
        put?: never;
        /** Makes an organization; invite its first administrator next. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrganizationCreate"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrganizationView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/organizations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Renames an organization, or disables it: nobody of it can sign in and none of its keys works, on all nodes within five seconds. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrganizationChange"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrganizationView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/admin/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that can be allowed. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RolePermissionView"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage plans. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlanView"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/plans/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Makes or changes a plan; in force on all nodes within five seconds. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PlanBody"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        post?: never;
        /** Deletes a plan that no key is on. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Providers of single sign-on; never their secrets. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProviderList"];
                    };
                };
            };
        };
        put?: never;
        /** Connects a provider by OpenID Connect. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProviderPut"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProviderView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/providers/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Disconnects a provider; accounts that came by it stay, without a way in until they get one. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes a provider. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProviderPut"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProviderView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/admin/providers/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries everything that can be tried without a person: address, metadata, keys, our credentials. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProviderTested"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests of a time by route and over time: counts, errors, latency, bytes. Who manages the platform sees all organizations and who was not signed in. */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                    route?: string;
                    key?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestStatisticsView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roles that come with the product, and the organization's own. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RoleList"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/roles/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Makes or changes a role of the organization. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RolePut"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        post?: never;
        /** Removes a role of the organization that nobody has. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People of the organization, newest first. */
        get: {
            parameters: {
                query?: {
                    Search?: string;
                    Role?: string;
                    State?: string;
                    Limit?: number;
                    Cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PageOfUserView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UserView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes name, roles, or whether the person may sign in. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UserChange"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UserView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/admin/users/{id}/personal-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that is kept of a person: 202 while the modules collect it, then 200. Ask again every second. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonalDataExport"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonalDataExport"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Forgets a person for good, in every module; ask again to see how far it is. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PersonalDataErase"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonalDataErased"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonalDataErased"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a person a link to choose a new password, or answers with it when there is no mail server. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitationNewLink"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/reset-second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Removes the second factor of a person who lost it; he signs in with the password alone and is signed out everywhere. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends all sessions of the person on all nodes within five seconds. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forgets the wrong passwords and codes of the person. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The member's bookings and redemptions, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfViewBookingBookingView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        /** Books an experience, once for an Idempotency-Key: 201 when it is settled or waits for the member's payment, 202 with a promise otherwise. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BookingRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewBookingBookingView"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewBookingBookingView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/bookings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One booking, with an ETag for asking again. */
        get: operations["club-booking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/bookings/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels: at once while it is being arranged, by the venue's rules when it is confirmed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewBookingBookingView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/bookings/{id}/keep-waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The member waits on: the vendor is asked again now. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewBookingBookingView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/curation/experiences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every experience, drafts and archived ones too. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfExperience"];
                    };
                };
            };
        };
        put?: never;
        /** Creates an experience. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CurateExperiencesExperienceDraft"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Experience"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/curation/experiences/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts experiences into this order. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CurateExperiencesExperienceOrder"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/curation/experiences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes an experience, if nobody else has since it was read. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CurateExperiencesExperienceDraft"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Experience"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/curation/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every item with its stock. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfItem"];
                    };
                };
            };
        };
        put?: never;
        /** Creates an item. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ItemDraft"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Item"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/curation/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes an item, and adds to its stock. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ItemDraft"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Item"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/curation/pictures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stores a picture, the bytes as the body; or a stored one made narrower. */
        post: {
            parameters: {
                query?: {
                    of?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /** @example the bytes of the picture */
                    "image/jpeg": unknown;
                    /** @example the bytes of the picture */
                    "image/png": unknown;
                    /** @example the bytes of the picture */
                    "image/webp": unknown;
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StoredPicture"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/curation/venues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Venues of every booking vendor that answers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfCurateExperiencesVenueView"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bookings by state, or with q by number, member or id; without either those that are not settled. */
        get: {
            parameters: {
                query?: {
                    state?: string;
                    q?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfDeskBooking"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/bookings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A booking's timeline: steps, calls, messages, actions. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeskBookingOpened"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/bookings/{id}/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks the vendor now. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/bookings/{id}/promise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes what is promised; the member is told. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DeskPromise"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/bookings/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a booking that waits for an operator on. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DeskReason"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/bookings/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a booking back, unless points or money are taken already. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DeskReason"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/comparisons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The nightly comparisons of points taken with Memberson's transactions. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeskComparisonsComparisons"];
                    };
                };
            };
        };
        put?: never;
        /** Compares now. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Forgotten members whom vendors know still, those to do first, the oldest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfDeskErasure"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/erasures/{id}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Notes that the vendor has erased the person; what it found him by is forgotten here too. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/invariants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Checks every invariant now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeskInvariantsChecked"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/lanes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lanes with waiting bookings, the oldest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfDeskLane"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/lanes/{lane}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Holds a lane of bookings back; what runs is finished first. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    lane: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DeskReason"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/lanes/{lane}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a lane of bookings go on. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    lane: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members, with q by the beginnings of their names' words, email address or member number, without it those who signed in last; at most 100, by name. */
        get: {
            parameters: {
                query?: {
                    q?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfDeskMember"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/point-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes of points, those that wait first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfPointChangesPointChange"];
                    };
                };
            };
        };
        put?: never;
        /** Proposes a change; somebody else has to approve it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PointChangesPointChangeProposal"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PointChangesPointChange"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/point-changes/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves what somebody else has proposed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PointChangesPointChange"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/point-changes/{id}/entered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Notes the transaction with which an approved change was entered at Memberson. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PointChangesPointChangeEntered"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PointChangesPointChange"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/point-changes/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rejects a proposal. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PointChangesPointChange"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/desk/vendors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How each vendor is, and how many bookings wait for it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfDeskVendor"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/experiences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Experiences, in the order their curators gave them. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfBrowseExperiencesExperienceCard"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/experiences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One experience: free times of a date (yyyy-MM-dd) and the member's points, each fresh, stale or missing. */
        get: {
            parameters: {
                query?: {
                    date?: string;
                    tickets?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BrowseExperiencesExperienceOpened"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Items that can be redeemed. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfItemCard"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One item, with the member's points. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ItemOpened"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The member's points, tier and what is set aside. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MemberView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the member was told, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedOfMemberMessage"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/messages/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Marks everything as read. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/pictures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture: the narrowest there is that is as wide as asked, or as it was stored. */
        get: {
            parameters: {
                query?: {
                    width?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/redemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Redeems an item, once for an Idempotency-Key; answers as a booking does. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BookingRedemptionRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewBookingBookingView"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewBookingBookingView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/redemptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One redemption, with an ETag for asking again. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewBookingBookingView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/redemptions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels a redemption that is not confirmed yet. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewBookingBookingView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a member's session. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ClubSignIn"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignInClubSignedIn"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/webhooks/seats/{connector}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Events of a booking vendor that signs them. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    connector: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /** @example as the vendor sends them */
                    "application/json": unknown;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/webhooks/seats/{connector}/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Events of a booking vendor that cannot sign them. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    connector: string;
                    secret: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /** @example as the vendor sends them */
                    "application/json": unknown;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/club/webhooks/stripe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Events of the card vendor. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /** @example as the vendor sends them */
                    "application/json": unknown;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Trainings and tests, the newest first. */
        get: operations["listForecastJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A training or a test: how far it is, and what came of it. */
        get: operations["readForecastJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels a training or a test; nothing is left of it. */
        post: operations["cancelForecastJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The job each time it changes, as server-sent events, until it has ended. */
        get: operations["watchForecastJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/loads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of the load, the newest first. */
        get: operations["listLoads"];
        put?: never;
        /**
         * Load values
         * @description A form (multipart/form-data) with a CSV file, plain or packed with gzip, and how to read it: preset (prsa, long, retail) or mapping (JSON). Or JSON that names a source. Answers at once; the run is at /api/forecast/loads/{id}.
         */
        post: operations["startLoad"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/loads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run: how far it is, what it brought, what it rejected and why, and what the data look like. */
        get: operations["readLoad"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/loads/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a run. What it has brought stays. */
        post: operations["cancelLoad"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/loads/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The run each time it changes, as server-sent events, until it has ended. */
        get: operations["watchLoad"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Models, the newest first; without their cards. */
        get: operations["listModels"];
        put?: never;
        /**
         * Train a model
         * @description A job: a rolling backtest against the baselines, then a fit on all that is known. The registry has the model when the job is done.
         */
        post: operations["trainModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/models/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A model and its card: parameters, errors by step and station, coverage, baselines, weights, gate. */
        get: operations["readModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/models/{id}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a model answer for its series. Refused with the reasons when it does not beat its baselines. */
        post: operations["promoteModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stations of one measure with their last values and index words: a map in one call. */
        get: operations["readForecastOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/predict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Predict a series
         * @description Values with an interval of the level asked for, which model answers, how its intervals fared when tested, and the past situations most like now. Beyond the validated horizon the answer is what is usual for the season and says so; without a promoted model a baseline answers and says so.
         */
        post: operations["predict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Series, by measure or station. */
        get: operations["listSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/series/{series}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A series with its history, its forecast with bands, and the card of its model: a page in one call. */
        get: operations["readSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/series/{series}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Values that were replaced: what stood there before, what stands there now, and which loads brought them. */
        get: operations["readCorrections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/series/{series}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the model before the present one answer for a series again. */
        post: operations["rollBackModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/series/{series}/unusual": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is unusual in a series
         * @description A band of what was usual for each step, by the same time of the last weeks, and the stretches that lay outside of it: for volumes of logs, requests, sales. Each step is judged by what came before it.
         */
        get: operations["readUnusual"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/series/{series}/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Values of a series, as they are known now or as they were known at a moment. */
        get: operations["readValues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sources, with how far they are known and when they run next. */
        get: operations["listSources"];
        /** Makes a source, or changes the one of this name. */
        put: operations["putSource"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/sources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forgets a source. Its values stay. */
        delete: operations["deleteSource"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forecast/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a model
         * @description A rolling backtest of these parameters, on stored series (JSON) or on an attached CSV (a form: file, preset or mapping, and request with the JSON). The attached file is seen by this test alone and forgotten with its end. The result is in the job.
         */
        post: operations["testModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My account. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MyAccountView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes my password and signs me out everywhere else. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MyAccountNewPassword"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/account/personal-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that is kept of me: 202 while the modules collect it, then 200. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonalDataExport"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonalDataExport"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/account/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New recovery codes in place of the old ones; needs a code. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MyAccountTyped"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MyAccountNewRecoveryCodes"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/account/totp/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a secret for my authenticator; it counts once a code of it was typed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MyAccountNewAuthenticator"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/account/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts the authenticator into force; answers with the recovery codes. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MyAccountTyped"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MyAccountNewRecoveryCodes"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/account/totp/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Removes my second factor; needs the password or a code. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MyAccountProof"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Chooses the password and signs in; the link is used up. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WelcomeAccept"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignInAnswer"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/invitations/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom an invitation's link is for. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WelcomeRead"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WelcomeView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in person, his organization and permissions. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Providers by which people can sign in. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SingleSignOnOffered"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/providers/{name}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the provider leads the browser back to. */
        get: {
            parameters: {
                query?: {
                    Code?: string;
                    State?: string;
                    Error?: string;
                    Iss?: string;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/providers/{name}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Leads the browser to the provider. */
        get: {
            parameters: {
                query?: {
                    return?: string;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where I am signed in. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionView"][];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Signs me out everywhere, here and in apps too; my tokens for scripts stay. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one of my sessions on all nodes within five seconds. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a session and sets its cookie, or says that a second factor is needed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignInRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignInAnswer"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/sign-in/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The second step: begins the session with a code or a recovery code. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignInSecondStep"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignInAnswer"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session; after single sign-on it answers where the provider's session ends. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignInGoOn"];
                    };
                };
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My tokens, never their secrets. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MyTokensList"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        /** A bearer token for my scripts; shown once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MyTokensCreate"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MyTokensCreated"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/tokens/app": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bearer and refresh token for an app that I signed in with. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MyTokensApp"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TokenGranted"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one of my tokens, or the app it belongs to, on all nodes within five seconds. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/context": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Records around one
         * @description The record and its neighbours in time of the same application and service, at most a day away.
         */
        get: operations["getContext"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fields and their values
         * @description The names of the fields of the records found, or with field its values, with counts: what completion and the list of facets show.
         */
        get: operations["listFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/histogram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count records over time
         * @description Counts by level in buckets of equal length. The length is rounded up to one that people count in, so there may be fewer buckets than asked for.
         */
        get: operations["readHistogram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes records of the key's application: JSON array, NDJSON, one object, or plain lines. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example [
                     *       {
                     *         "level": "error",
                     *         "service": "checkout",
                     *         "message": "payment failed",
                     *         "order": "A-1001"
                     *       }
                     *     ]
                     */
                    "application/json": unknown;
                    /** @example {"level":"error","service":"checkout","message":"payment failed"} */
                    "application/x-ndjson": unknown;
                    /** @example payment failed */
                    "text/plain": unknown;
                };
            };
            responses: {
                /** @description Every accepted record is on disk: {"accepted": 1, "rejected": []}. Each rejected one is named by its index, a code and a sentence. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Nothing of it can be read; nothing was taken. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The body, or every record of it, is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Over the quota of the application; Retry-After says when to come back. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No room for it just now; nothing of it is lost when it is sent again, as Retry-After says. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/records/{sequence}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One record
         * @description The record with this sequence, as a link to it shows it.
         */
        get: operations["getRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find records
         * @description Records that match the query, newest first, a page at a time. Records that share a time are ordered by sequence, so no page repeats or misses one.
         */
        get: operations["searchRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/trace/{traceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All records of a trace
         * @description Oldest first, at most 1000 a page. Looks at the last seven days unless told otherwise.
         */
        get: operations["getTrace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every document and the revision in force on this node. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConfigurationDocument"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/configuration/{area}/{item}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Revisions of a document, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    area: string;
                    item: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConfigurationView"][];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/configuration/{area}/{item}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stores a draft and checks it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    area: string;
                    item: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ConfigurationDraft"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConfigurationView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/configuration/{area}/{item}/revisions/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a valid or an earlier revision into force on all nodes. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    area: string;
                    item: string;
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConfigurationView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/configuration/{area}/{item}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts the revision before into force again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    area: string;
                    item: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConfigurationView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every vendor: address, breaker, and how the last five minutes went. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectorView"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/connectors/{name}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls of a vendor, newest first; by key or outcome. */
        get: {
            parameters: {
                query?: {
                    key?: string;
                    outcome?: string;
                    before?: number;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectorCallRow"][];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/connectors/{name}/probe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks the vendor now whether it works. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConnectorProbed"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/deliveries/parked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deliveries that failed too often, and how many they hold back. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperatorDeskParkedRow"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/deliveries/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries a parked delivery again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OperatorDeskReplayRequest"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, the newest first; by state, lane or kind. */
        get: {
            parameters: {
                query?: {
                    state?: string;
                    lane?: string;
                    kind?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperatorDeskJobRow"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels a job, also while it runs. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OperatorDeskBecause"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/jobs/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a job that has not begun out of the way, for a reason. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OperatorDeskBecause"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a parked job all its attempts again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/lanes/{lane}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Holds a lane back. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    lane: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OperatorDeskBecause"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/lanes/{lane}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a lane go on. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    lane: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names and versions, never values. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SecretInfo"][];
                    };
                };
            };
        };
        /** Sets a secret; the value before is kept for the way back. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSecret"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/secrets/rewrap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts every secret under the first key of the ring. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SecretRewrap"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/secrets/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes the value before the present one again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SecretNamed"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every part with its detail. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HealthNodeStatus"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portal/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My keys, and the applications I can make one for. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PortalKeysList"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a key of mine; its text is shown once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PortalKeysCreate"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PortalKeysCreated"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portal/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a key of mine on all nodes within five seconds. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portal/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests of my keys by day (UTC), the limits of their plans and what is left of them today. */
        get: {
            parameters: {
                query?: {
                    days?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PortalUsageView"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Health"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every part works, or which does not. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** OAuth 2: a bearer token for a client's id and secret, or for a refresh token. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /** @example grant_type=client_credentials&client_id=rc_...&client_secret=...&scope=logs.read */
                    "application/x-www-form-urlencoded": unknown;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TokenGranted"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TokenRefused"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TokenRefused"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes records of the key's application as OTLP/HTTP, protobuf or JSON. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "resourceLogs": [
                     *         {
                     *           "resource": {
                     *             "attributes": [
                     *               {
                     *                 "key": "service.name",
                     *                 "value": {
                     *                   "stringValue": "checkout"
                     *                 }
                     *               }
                     *             ]
                     *           },
                     *           "scopeLogs": [
                     *             {
                     *               "logRecords": [
                     *                 {
                     *                   "severityNumber": 17,
                     *                   "body": {
                     *                     "stringValue": "payment failed"
                     *                   }
                     *                 }
                     *               ]
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": unknown;
                    /** @example ExportLogsServiceRequest */
                    "application/x-protobuf": unknown;
                };
            };
            responses: {
                /** @description Taken, or taken in part: partialSuccess says how many were refused and why. They must not be sent again. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Nothing of it can be read; nothing was taken. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The body, or every record of it, is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Over the quota of the application; Retry-After says when to come back. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No room for it just now; nothing of it is lost when it is sent again, as Retry-After says. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{index}/_bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Takes records of the key's application as an Elasticsearch bulk request. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {"create":{}}
                     *     {"level":"error","service":"checkout","message":"payment failed"}
                     */
                    "application/x-ndjson": unknown;
                };
            };
            responses: {
                /** @description Every item with its own status, as Elasticsearch answers it: a shipper repeats only what was refused. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Nothing of it can be read; nothing was taken. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The body, or every record of it, is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Over the quota of the application; Retry-After says when to come back. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No room for it just now; nothing of it is lost when it is sent again, as Retry-After says. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        /** Takes records of the key's application as an Elasticsearch bulk request. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {"create":{}}
                     *     {"level":"error","service":"checkout","message":"payment failed"}
                     */
                    "application/x-ndjson": unknown;
                };
            };
            responses: {
                /** @description Every item with its own status, as Elasticsearch answers it: a shipper repeats only what was refused. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Nothing of it can be read; nothing was taken. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The body, or every record of it, is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Over the quota of the application; Retry-After says when to come back. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No room for it just now; nothing of it is lost when it is sent again, as Retry-After says. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{index}/{type}/_bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Takes records of the key's application as an Elasticsearch bulk request. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {"create":{}}
                     *     {"level":"error","service":"checkout","message":"payment failed"}
                     */
                    "application/x-ndjson": unknown;
                };
            };
            responses: {
                /** @description Every item with its own status, as Elasticsearch answers it: a shipper repeats only what was refused. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Nothing of it can be read; nothing was taken. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The body, or every record of it, is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Over the quota of the application; Retry-After says when to come back. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No room for it just now; nothing of it is lost when it is sent again, as Retry-After says. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        /** Takes records of the key's application as an Elasticsearch bulk request. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {"create":{}}
                     *     {"level":"error","service":"checkout","message":"payment failed"}
                     */
                    "application/x-ndjson": unknown;
                };
            };
            responses: {
                /** @description Every item with its own status, as Elasticsearch answers it: a shipper repeats only what was refused. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Nothing of it can be read; nothing was taken. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The body, or every record of it, is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Over the quota of the application; Retry-After says when to come back. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No room for it just now; nothing of it is lost when it is sent again, as Retry-After says. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AnsweringModel: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: int32 */
            version: number;
            primary: string;
            /** Format: date-time */
            trainedFrom: string;
            /** Format: date-time */
            trainedUntil: string;
            bestBaseline: string;
            promoted: boolean;
        };
        /** @description What is null stays as it is; retention 0 means what the installation keeps. */
        ApplicationChange: {
            name: null | string;
            /** Format: int32 */
            retentionDays: null | number;
        };
        ApplicationCreate: {
            name: null | string;
            /**
             * Format: uuid
             * @description Null is the caller's own.
             */
            organizationId: null | string;
        };
        ApplicationList: {
            items: components["schemas"]["ApplicationView"][];
        };
        ApplicationView: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uint32
             * @description What records carry.
             */
            number: number;
            name: string;
            /** Format: uuid */
            organizationId: string;
            /**
             * Format: int32
             * @description How long its records are kept; null is what the installation keeps.
             */
            retentionDays: null | number;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: int32
             * @description Keys in force.
             */
            keys: number;
        };
        AuditPage: {
            /** @description Newest first. */
            entries: components["schemas"]["AuditView"][];
            /**
             * Format: int64
             * @description Give it as `before` to go on; null at the end.
             */
            nextBefore: null | number;
        };
        /** @description What became of a check of the whole chain. */
        AuditVerdict: {
            intact: boolean;
            /** Format: int64 */
            entries: number;
            lastHash: string;
            /** Format: int64 */
            brokenAt: null | number;
            reason: null | string;
        };
        AuditView: {
            /**
             * Format: int64
             * @description Place in the chain.
             */
            sequence: number;
            /** Format: date-time */
            at: string;
            action: string;
            target: string;
            actorId: string;
            /** @description Empty when the person was erased. */
            actorName: string;
            /** @description JSON text, when there was something before. */
            before: null | string;
            /** @description JSON text, when there is something after. */
            after: null | string;
            address: null | string;
            /** @description Covers this entry and all before it. */
            hash: string;
            /** @description Something of it was forgotten with a person. */
            forgotten: boolean;
        };
        BookingRedemptionRequest: {
            /** Format: uuid */
            itemId: null | string;
            /** Format: int32 */
            quantity: null | number;
            pay: null | string;
        };
        BookingRequest: {
            /** Format: uuid */
            experienceId: null | string;
            startsAt: null | string;
            /** Format: int32 */
            tickets: null | number;
            pay: null | string;
        };
        Breach: {
            invariant: string;
            subject: string;
            detail: string;
        };
        BrowseExperiencesExperienceCard: {
            /** Format: uuid */
            id: string;
            title: string;
            description: string;
            unit: string;
            timeZone: string;
            /** Format: int64 */
            pricePoints: null | number;
            /** Format: int64 */
            priceMinor: null | number;
            currency: string;
            /** Format: int32 */
            ticketsMax: number;
            pictures: string[];
        };
        BrowseExperiencesExperienceOpened: {
            experience: components["schemas"]["BrowseExperiencesExperienceCard"];
            parts: components["schemas"]["BrowseExperiencesExperienceParts"];
        };
        BrowseExperiencesExperienceParts: {
            slots: components["schemas"]["PartOfBrowseExperiencesSlots"];
            points: components["schemas"]["PartOfBrowseExperiencesPointsView"];
        };
        BrowseExperiencesPointsView: {
            /** Format: int64 */
            points: number;
            tier: string;
        };
        BrowseExperiencesSlotView: {
            /** Format: date-time */
            startsAt: string;
            instant: boolean;
            /** Format: int32 */
            left: null | number;
        };
        BrowseExperiencesSlots: {
            date: string;
            times: components["schemas"]["BrowseExperiencesSlotView"][];
        };
        Card: {
            primary: string;
            /** Format: date-time */
            trainedFrom: string;
            /** Format: date-time */
            trainedUntil: string;
            /** Format: date-time */
            testedFrom: string;
            /** Format: int32 */
            origins: number;
            /** Format: int32 */
            trainingRows: number;
            features: string[];
            search: string;
            scores: components["schemas"]["ModelScore"][];
            served?: null | components["schemas"]["Score"];
            bestBaseline: string;
            skillOverBest: components["schemas"]["Skill"];
            parts: components["schemas"]["PartVerdict"][];
            coverage: components["schemas"]["Coverage"];
            weights: components["schemas"]["WeightOf"][];
            gate: components["schemas"]["Gate"];
            dataHash: string;
        };
        ClientCreate: {
            name: null | string;
            /** Format: uuid */
            applicationId: string;
            /** @description The scopes its tokens may have; at most what the caller has himself. */
            permissions: null | string[];
        };
        ClientList: {
            items: components["schemas"]["ClientView"][];
        };
        ClientView: {
            /** @description The client_id. */
            id: string;
            name: string;
            /** Format: uuid */
            applicationId: string;
            applicationName: string;
            permissions: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: null | string;
            /** Format: date-time */
            revokedAt: null | string;
        };
        ClubSignIn: {
            name: null | string;
            password: null | string;
        };
        ConfigurationDocument: {
            /** @description Two words: `connectors/stripe`. */
            name: string;
            /**
             * Format: int64
             * @description In force on this node.
             */
            revision: number;
        };
        ConfigurationDraft: {
            body: components["schemas"]["JsonElement"];
            note: null | string;
        };
        ConfigurationView: {
            /** Format: int64 */
            id: number;
            name: string;
            state: string;
            body: components["schemas"]["JsonElement"];
            note: null | string;
            problems: string[];
            author: string;
            activatedBy: null | string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            activatedAt: null | string;
        };
        ConnectorCallRow: {
            /** Format: int64 */
            id: number;
            operation: string;
            kind: string;
            externalKey?: null | string;
            /** Format: date-time */
            sentAt: string;
            /** Format: date-time */
            endedAt: string;
            outcome: string;
            /** Format: int32 */
            status?: null | number;
            detail?: null | string;
            /** Format: int64 */
            revision: number;
            /** Format: int32 */
            attempt: number;
        };
        ConnectorProbed: {
            up: boolean;
            detail: string;
        };
        ConnectorView: {
            name: string;
            baseUrl: string;
            /** Format: int64 */
            revision: number;
            /** @description closed, open or half-open, on this node. */
            breaker: string;
            /** Format: date-time */
            since: null | string;
            /**
             * Format: date-time
             * @description When an open breaker lets one call through.
             */
            probeAt: null | string;
            /**
             * Format: int64
             * @description In the last five minutes, on all nodes.
             */
            calls: number;
            /**
             * Format: int64
             * @description Of these: not sent, unknown or malformed.
             */
            failed: number;
            /**
             * Format: double
             * @description Latency of these, in milliseconds.
             */
            p95Ms: null | number;
        };
        Correction: {
            /** Format: date-time */
            at: string;
            versions: components["schemas"]["ValueVersion"][];
        };
        Coverage: {
            /** Format: double */
            level: number;
            all: components["schemas"]["IntervalScore"];
            high: null | components["schemas"]["IntervalScore"];
            /** Format: double */
            exceedance: number;
            /** Format: double */
            worstMonth: number;
            steps: components["schemas"]["StepCoverage"][];
            places: components["schemas"]["PlaceCoverage"][];
            levels: components["schemas"]["LevelCoverage"][];
        };
        CurateExperiencesExperienceDraft: {
            title: null | string;
            description: null | string;
            unit: null | string;
            connector: null | string;
            venue: null | string;
            timeZone: null | string;
            /** Format: int64 */
            pricePoints: null | number;
            /** Format: int64 */
            priceMinor: null | number;
            currency: null | string;
            /** Format: int32 */
            ticketsMax: null | number;
            /** Format: int32 */
            leadMinutes: null | number;
            state: null | string;
            /** Format: date-time */
            shownFrom: null | string;
            /** Format: date-time */
            shownUntil: null | string;
            pictures: null | string[];
            /** Format: int32 */
            version: null | number;
        };
        CurateExperiencesExperienceOrder: {
            ids: null | string[];
        };
        CurateExperiencesVenueView: {
            connector: string;
            venue: string;
            name: string;
            timeZone: null | string;
        };
        DeskAction: {
            name: string;
            what: string;
            reason?: null | string;
            /** Format: date-time */
            at: string;
        };
        DeskBooking: {
            /** Format: uuid */
            id: string;
            /** Format: int64 */
            number: number;
            title: string;
            unit: string;
            /** Format: uuid */
            memberId: string;
            member: string;
            memberNo?: null | string;
            state: string;
            pay: string;
            waitingOn?: null | string;
            /** Format: date-time */
            waitingSince?: null | string;
            /** Format: date-time */
            retryAt?: null | string;
            lane?: null | string;
            /** Format: date-time */
            promiseBy?: null | string;
            reason?: null | string;
            /** Format: date-time */
            createdAt: string;
        };
        DeskBookingOpened: {
            booking: components["schemas"]["ViewBookingBookingView"];
            /** Format: uuid */
            memberId: string;
            member: string;
            memberNo: null | string;
            rawReason: null | string;
            sagas: components["schemas"]["SagaTimeline"];
            messages: components["schemas"]["DeskMessage"][];
            actions: components["schemas"]["DeskAction"][];
        };
        DeskComparison: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            beganAt: string;
            /** Format: date-time */
            endedAt?: null | string;
            /** Format: int32 */
            members: number;
            /** Format: int32 */
            skipped: number;
            /** Format: int64 */
            differences: number;
        };
        DeskComparisonsComparisons: {
            items: components["schemas"]["DeskComparison"][];
            differences: components["schemas"]["DeskDifference"][];
        };
        DeskDifference: {
            /** Format: uuid */
            memberId: string;
            memberNo?: null | string;
            receipt: string;
            kind: string;
            /** Format: uuid */
            booking?: null | string;
            /** Format: int64 */
            here: number;
            /** Format: int64 */
            there: number;
        };
        DeskErasure: {
            /** Format: uuid */
            id: string;
            connector: string;
            foundBy: string[];
            /** Format: date-time */
            askedAt: string;
            /** Format: date-time */
            doneAt?: null | string;
            doneBy?: null | string;
        };
        DeskInvariantState: {
            name: string;
            meaning: string;
            /** Format: int32 */
            broken: number;
        };
        DeskInvariantsChecked: {
            /** Format: date-time */
            checkedAt: string;
            invariants: components["schemas"]["DeskInvariantState"][];
            breaches: components["schemas"]["Breach"][];
        };
        DeskLane: {
            lane: string;
            /** Format: int64 */
            waiting: number;
            /** Format: date-time */
            oldest: string;
            /** Format: date-time */
            nextAt: string;
            pausedBecause?: null | string;
            /** Format: date-time */
            earliestPromise?: null | string;
        };
        DeskMember: {
            /** Format: uuid */
            id: string;
            name: string;
            memberNo?: null | string;
            tier?: null | string;
            /** Format: int64 */
            available: number;
            /** Format: int64 */
            held: number;
        };
        DeskMessage: {
            template: string;
            text: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            readAt?: null | string;
        };
        DeskPromise: {
            /** Format: date-time */
            by: null | string;
            reason: null | string;
        };
        DeskReason: {
            reason: null | string;
        };
        DeskVendor: {
            name: string;
            breaker: string;
            /** Format: date-time */
            since: null | string;
            /** Format: date-time */
            probeAt: null | string;
            /** Format: int64 */
            calls: number;
            /** Format: int64 */
            failed: number;
            /** Format: double */
            p95Ms: null | number;
            /** Format: int64 */
            waiting: number;
        };
        DriftView: {
            series?: string;
            state?: null | string;
            /** Format: int32 */
            breaches?: number;
            /** Format: date-time */
            checkedAt?: string;
            /** Format: date-time */
            since?: string;
            /** Format: date-time */
            until?: string;
            /** Format: int32 */
            outcomes?: number;
            /** Format: double */
            mae?: number;
            baseline?: string;
            /** Format: double */
            baselineMae?: number;
            /** Format: double */
            level?: number;
            /** Format: double */
            coverage?: number;
        };
        Experience: {
            /** Format: uuid */
            id: string;
            /** Format: int32 */
            organization: number;
            title: string;
            description: string;
            unit: string;
            connector: string;
            venue: string;
            timeZone: string;
            /** Format: int64 */
            pricePoints?: null | number;
            /** Format: int64 */
            priceMinor?: null | number;
            currency: string;
            /** Format: int32 */
            ticketsMax: number;
            /** Format: int32 */
            leadMinutes: number;
            state: string;
            /** Format: date-time */
            shownFrom?: null | string;
            /** Format: date-time */
            shownUntil?: null | string;
            /** Format: int32 */
            place: number;
            pictures: string[];
            /** Format: int32 */
            version: number;
        };
        Explanation: {
            /** Format: date-time */
            at: string;
            neighbours: components["schemas"]["NeighbourView"][];
        };
        FieldSummary: {
            name: string;
            kind: string;
            /** Format: int64 */
            rows: number;
        };
        FieldValue: {
            value: string;
            /** Format: int64 */
            rows: number;
        };
        Fields: {
            fields: null | components["schemas"]["FieldSummary"][];
            field: null | string;
            values: null | components["schemas"]["FieldValue"][];
            /** Format: int64 */
            countedRows: number;
            isComplete: boolean;
            stats: components["schemas"]["QueryStats"];
        };
        Gate: {
            passed: boolean;
            reasons: components["schemas"]["Notice"][];
        };
        Health: {
            /** @description `live` or `ready` or `not-ready`. */
            status: string;
            /** @description Names of the parts that are down. */
            notReady: string[];
        };
        HealthNodeStatus: {
            /** @description `ready`, `degraded` or `starting`. */
            status: string;
            /** @description Every part of this node. */
            parts: components["schemas"]["HealthPart"][];
            /** @description Of the binary. */
            version: string;
            /**
             * Format: int64
             * @description Since this process was ready.
             */
            uptimeSeconds: number;
        };
        HealthPart: {
            name: string;
            status: components["schemas"]["PartStatus"];
            detail: string;
        };
        Histogram: {
            from: string;
            to: string;
            /** Format: double */
            stepSeconds: number;
            buckets: components["schemas"]["HistogramBucket"][];
            /** Format: int64 */
            total: number;
            stats: components["schemas"]["QueryStats"];
        };
        HistogramBucket: {
            at: string;
            counts: {
                [key: string]: number;
            };
        };
        IntervalScore: {
            /** Format: int32 */
            count: number;
            /** Format: double */
            coverage: number;
            /** Format: double */
            missedBelow: number;
            /** Format: double */
            missedAbove: number;
            /** Format: double */
            width: number;
            /** Format: double */
            winkler: number;
        };
        InvitationCreate: {
            /** @description Who is invited. */
            email: null | string;
            /** @description Null takes the part before the @ until the person says his own. */
            name: null | string;
            /** @description At most what the caller has himself. */
            roles: null | string[];
            /**
             * Format: uuid
             * @description Null is the caller's own; another one needs `platform.manage`.
             */
            organizationId: null | string;
        };
        InvitationNewLink: {
            /** @description Null when it went out by mail. */
            link: null | string;
        };
        InvitationView: {
            /** Format: uuid */
            id: string;
            email: string;
            name: string;
            roles: string[];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description pending, accepted or expired. */
            state: string;
            /** @description none (no mail server; the link was shown), waiting, sent or failed (the mail server refused the address). */
            mail: string;
            /** @description Only when no mail server is configured, and only in the answer to making or resending it. */
            link: null | string;
        };
        Item: {
            /** Format: uuid */
            id: string;
            /** Format: int32 */
            organization: number;
            title: string;
            description: string;
            unit: string;
            /** Format: int64 */
            pricePoints?: null | number;
            /** Format: int64 */
            priceMinor?: null | number;
            currency: string;
            /** Format: int32 */
            free: number;
            /** Format: int32 */
            reserved: number;
            /** Format: int32 */
            sold: number;
            state: string;
            /** Format: int32 */
            place: number;
            pictures: string[];
            /** Format: int32 */
            version: number;
        };
        ItemCard: {
            /** Format: uuid */
            id: string;
            title: string;
            description: string;
            unit: string;
            /** Format: int64 */
            pricePoints: null | number;
            /** Format: int64 */
            priceMinor: null | number;
            currency: string;
            stock: string;
            /** Format: int32 */
            quantityMax: number;
            pictures: string[];
        };
        ItemDraft: {
            title: null | string;
            description: null | string;
            unit: null | string;
            /** Format: int64 */
            pricePoints: null | number;
            /** Format: int64 */
            priceMinor: null | number;
            currency: null | string;
            /** Format: int32 */
            added: null | number;
            state: null | string;
            /** Format: int32 */
            place: null | number;
            pictures: null | string[];
            /** Format: int32 */
            version: null | number;
        };
        ItemOpened: {
            item: components["schemas"]["ItemCard"];
            member: components["schemas"]["MemberView"];
        };
        JobFailure: {
            code: string;
            message: string;
        };
        JobPage: {
            items: components["schemas"]["JobView"][];
        };
        JobStarted: {
            /** Format: uuid */
            id: string;
            state: string;
        };
        JobView: {
            /** Format: uuid */
            id?: string;
            kind?: string;
            state?: string;
            /** Format: double */
            progress?: number;
            phase?: null | string;
            /** Format: uuid */
            model?: null | string;
            card?: null | components["schemas"]["Card"];
            trials?: null | components["schemas"]["Trial"][];
            failure?: null | components["schemas"]["JobFailure"];
            actor?: string;
            /** Format: date-time */
            createdAt?: string;
            /** Format: date-time */
            finishedAt?: null | string;
        };
        JsonElement: unknown;
        Key: {
            /** @description The public part of the key. */
            id: string;
            name: string;
            /** Format: uuid */
            applicationId: string;
            applicationName: string;
            permissions: string[];
            plan: null | string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: null | string;
            /** Format: date-time */
            revokedAt: null | string;
            /** Format: date-time */
            lastUsedAt: null | string;
            /** @description The key that a rotation put in its place; this one ends at ExpiresAt. */
            replacedBy: null | string;
            /** @description Of the person who made it for himself in the developer portal; null when it is the application's. */
            ownerName: null | string;
        };
        KeyCreate: {
            /**
             * Format: uuid
             * @description Whose key it is.
             */
            applicationId: string;
            /** @description For people. */
            name: null | string;
            /** @description What it may do; at most what its maker may. */
            permissions: null | string[];
            /**
             * Format: date-time
             * @description Null = never.
             */
            expiresAt: null | string;
            /** @description Name of a usage plan; null = unlimited. */
            plan: null | string;
        };
        KeyRotate: {
            /**
             * Format: int32
             * @description How long the old key still works; 0 ends it at once.
             */
            overlapHours: number;
        };
        LevelCoverage: {
            /** Format: double */
            level: number;
            /** Format: double */
            coverage: number;
            /** Format: int32 */
            count: number;
        };
        LevelShift: {
            /** Format: date-time */
            at: string;
            /** Format: double */
            factor: number;
        };
        ListedOfBrowseExperiencesExperienceCard: {
            items: components["schemas"]["BrowseExperiencesExperienceCard"][];
        };
        ListedOfCurateExperiencesVenueView: {
            items: components["schemas"]["CurateExperiencesVenueView"][];
        };
        ListedOfDeskBooking: {
            items: components["schemas"]["DeskBooking"][];
        };
        ListedOfDeskErasure: {
            items: components["schemas"]["DeskErasure"][];
        };
        ListedOfDeskLane: {
            items: components["schemas"]["DeskLane"][];
        };
        ListedOfDeskMember: {
            items: components["schemas"]["DeskMember"][];
        };
        ListedOfDeskVendor: {
            items: components["schemas"]["DeskVendor"][];
        };
        ListedOfExperience: {
            items: components["schemas"]["Experience"][];
        };
        ListedOfItem: {
            items: components["schemas"]["Item"][];
        };
        ListedOfItemCard: {
            items: components["schemas"]["ItemCard"][];
        };
        ListedOfMemberMessage: {
            items: components["schemas"]["MemberMessage"][];
        };
        ListedOfPointChangesPointChange: {
            items: components["schemas"]["PointChangesPointChange"][];
        };
        ListedOfViewBookingBookingView: {
            items: components["schemas"]["ViewBookingBookingView"][];
        };
        LoadFailure: {
            code: string;
            message: string;
        };
        LoadPage: {
            items: components["schemas"]["LoadView"][];
            nextCursor: null | string;
        };
        LoadRequest: {
            /** @description Name or number of a stored source. */
            source?: null | string;
            from?: null | components["schemas"]["SourceRequest"];
        };
        LoadStarted: {
            /** Format: uuid */
            id: string;
            state: string;
        };
        LoadView: {
            /** Format: uuid */
            id?: string;
            name?: string;
            state?: string;
            /** Format: double */
            progress?: number;
            /** Format: int64 */
            bytes?: null | number;
            /** Format: int64 */
            rows?: number;
            /** Format: int64 */
            added?: number;
            /** Format: int64 */
            unchanged?: number;
            /** Format: int64 */
            corrected?: number;
            /** Format: int64 */
            rejected?: number;
            /** Format: int64 */
            missing?: number;
            rejectCounts?: {
                [key: string]: number;
            };
            rejects?: components["schemas"]["Reject"][];
            failure?: null | components["schemas"]["LoadFailure"];
            report?: null | components["schemas"]["QualityReport"];
            actor?: string;
            /** Format: date-time */
            createdAt?: string;
            /** Format: date-time */
            startedAt?: null | string;
            /** Format: date-time */
            finishedAt?: null | string;
        };
        LogRecord: {
            sequence: string;
            timestamp: string;
            observed: string;
            application: string;
            service: string;
            environment: string;
            host: string;
            /** Format: int32 */
            severity: number;
            level: string;
            traceId: null | string;
            spanId: null | string;
            body: string;
            attributes: Record<string, never>;
            resource: {
                [key: string]: string;
            };
        };
        Mapping: {
            /** @description prsa (hourly air quality and weather of a Beijing station), long (station, measure, time, value, unit), retail (sales lines), or none. */
            preset?: null | string;
            /** @description One character between cells. Default: comma. */
            delimiter?: null | string;
            time?: null | components["schemas"]["TimeColumns"];
            /** @description Zone of times without an offset: an IANA name such as Europe/Madrid, or UTC+8. Default: UTC. */
            zone?: null | string;
            /** @description hour or day: the step of the series. */
            step?: null | string;
            /** @description Column with the name of the station; or name it for the whole table in station. */
            stationColumn?: null | string;
            station?: null | string;
            /** @description A further station that every row counts for too, such as a total. */
            total?: null | string;
            /** Format: double */
            latitude?: null | number;
            /** Format: double */
            longitude?: null | number;
            /** @description A wide table: one column for each measure. */
            values?: null | components["schemas"]["ValueColumn"][];
            /** @description A long table: the column that names the measure of the row; the value stands in valueColumn. */
            measureColumn?: null | string;
            valueColumn?: null | string;
            /** @description Column with the unit of the row; values are converted to the unit of the series. */
            unitColumn?: null | string;
            unit?: null | string;
            /** @description Column that says whether the row is valid; only rows whose flag is among validFlags count. */
            flagColumn?: null | string;
            validFlags?: null | string[];
            /** @description Cells that mean: not measured. Default: empty, NA, NaN, null, -. */
            missing?: null | string[];
            wind?: null | components["schemas"]["WindColumns"];
            /** @description How several rows of one station and step become one value: last (default: one value, and the first one counts when it is given again), sum, mean or count. */
            aggregate?: null | string;
            skip?: null | components["schemas"]["SkipRule"];
        };
        MePointsHold: {
            /** Format: uuid */
            booking: string;
            title: string;
            /** Format: int64 */
            amount: number;
            /** Format: date-time */
            since: string;
        };
        MePointsStanding: {
            /** Format: int64 */
            available: number;
            /** Format: int64 */
            held: number;
            /** Format: int64 */
            balance: null | number;
            /** Format: date-time */
            asOf: null | string;
            state: string;
        };
        MeasuredCoverage: {
            /** Format: double */
            level: number;
            /** Format: double */
            coverage: number;
            /** Format: int32 */
            outcomes: number;
            /** Format: double */
            high: null | number;
            /** Format: double */
            exceedance: number;
            /** Format: double */
            worstMonth: number;
        };
        MemberMessage: {
            id: string;
            /** Format: uuid */
            booking: string;
            text: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            readAt?: null | string;
        };
        MemberView: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string;
            memberNo: null | string;
            tier: null | string;
            points: components["schemas"]["MePointsStanding"];
            holds: components["schemas"]["MePointsHold"][];
            /** Format: int32 */
            unread: number;
        };
        ModelList: {
            items: components["schemas"]["ModelView"][];
        };
        ModelParameters: {
            algorithm?: string;
            search?: string;
            /** Format: int32 */
            horizon?: number;
            /** Format: int32 */
            k?: number;
            metric?: string;
            /** Format: double */
            p?: null | number;
            weights?: string;
            /** Format: int32 */
            lags?: number;
            olderLags?: number[];
            transform?: string;
            features?: string[];
            featureWeights?: string;
            strategy?: string;
            combine?: string;
            loss?: string;
            /** Format: double */
            level?: number;
            /** Format: double */
            exceedance?: null | number;
            /** Format: int32 */
            originEvery?: number;
            /** Format: date-time */
            asOf?: null | string;
            /** Format: int32 */
            seed?: number;
        };
        ModelRequest: {
            series?: null | components["schemas"]["JsonElement"];
            /** @description Name in the registry; each training under it is a new version. Default: the measure and the horizon. */
            name?: null | string;
            /**
             * Format: int32
             * @description Steps ahead, 1 to 336. Default: 24 hours, or 14 days.
             */
            horizon?: null | number;
            /** @description ensemble (default), knn, ridge, smoothing, seasonal-naive or persistence. auto, brute, kd_tree and ball_tree mean knn with that search. */
            algorithm?: null | string;
            /** @description Search of the neighbours: auto (default), brute, kd_tree or ball_tree. All find the same. */
            search?: null | string;
            /**
             * Format: int32
             * @description Neighbours, 1 to 500. Default 60 for hours, 15 for days.
             */
            k?: null | number;
            /** @description euclidean (default), manhattan, chebyshev, minkowski (with p), cosine or dtw. */
            metric?: null | string;
            /**
             * Format: double
             * @description Exponent of minkowski, 1 to 16.
             */
            p?: null | number;
            /** @description uniform, distance (default), gaussian, tricube, epanechnikov or rank. */
            weights?: null | string;
            lags?: null | components["schemas"]["JsonElement"];
            /** @description none, log (default for hours), asinh, level (default for days: divided by the recent mean) or level-additive. */
            transform?: null | string;
            /** @description What the model looks at beside the lags: calendar, means, gaps, pollutants, weather, region. Default: all there is. */
            features?: null | string[];
            /** @description How features weigh in a distance: learned (default) or none. */
            featureWeights?: null | string;
            /** @description whole (default: one search for the path), direct or recursive. */
            strategy?: null | string;
            /** @description median or mean of the neighbours' outcomes. Default: the median for absolute errors where the transform is not logarithmic, else the mean. */
            combine?: null | string;
            /** @description absolute (default: best mean absolute error) or squared. */
            loss?: null | string;
            /**
             * Format: double
             * @description Nominal level of the interval that is tested, 0.5 to 0.99. Default 0.9.
             */
            level?: null | number;
            /**
             * Format: double
             * @description Outcomes above it are scored apart. Default: the 90th percentile.
             */
            exceedance?: null | number;
            /**
             * Format: int32
             * @description Steps between tested origins, 1 to 168. Default: 6 hours, or 1 day.
             */
            originEvery?: null | number;
            /**
             * Format: date-time
             * @description Only what was known at this moment; later corrections and values do not exist for it.
             */
            asOf?: null | string;
            /**
             * Format: int32
             * @description Same seed, parameters and data: the same model, to the last bit. Default 1.
             */
            seed?: null | number;
        };
        ModelScore: {
            model: string;
            all: components["schemas"]["Score"];
            steps: components["schemas"]["StepScore"][];
            places: components["schemas"]["PlaceScore"][];
        };
        ModelSummary: {
            primary: string;
            /** Format: double */
            mae: number;
            bestBaseline: string;
            /** Format: double */
            baselineMae: number;
            /** Format: double */
            skillLower: number;
            /** Format: double */
            coverage: number;
        };
        ModelView: {
            /** Format: uuid */
            id?: string;
            name?: string;
            /** Format: int32 */
            version?: number;
            state?: string;
            measure?: string;
            series?: string[];
            /** Format: int32 */
            horizon?: number;
            step?: string;
            passed?: boolean;
            parameters?: components["schemas"]["ModelParameters"];
            card?: null | components["schemas"]["Card"];
            summary?: components["schemas"]["ModelSummary"];
            hash?: string;
            /** Format: date-time */
            trainedUntil?: string;
            actor?: string;
            /** Format: date-time */
            createdAt?: string;
            drift?: components["schemas"]["DriftView"][];
            promotedFor?: string[];
        };
        MyAccountNewAuthenticator: {
            /** @description For who types it, base 32. */
            secret: string;
            /** @description For the QR code. */
            uri: string;
        };
        MyAccountNewPassword: {
            current: null | string;
            next: null | string;
        };
        MyAccountNewRecoveryCodes: {
            /** @description Each opens the account once. Shown this once. */
            recoveryCodes: string[];
        };
        /** @description One of them. */
        MyAccountProof: {
            password: null | string;
            code: null | string;
        };
        MyAccountTyped: {
            /** @description Six digits of the authenticator. */
            code: null | string;
        };
        MyAccountView: {
            name: string;
            email: string;
            twoFactor: boolean;
            /** Format: int32 */
            recoveryCodesLeft: number;
            /** @description False for who signs in by a provider only. */
            hasPassword: boolean;
            /** Format: date-time */
            passwordChangedAt: null | string;
        };
        MyTokensApp: {
            /** @description Of the device, to recognise it by. */
            name: null | string;
            permissions: null | string[];
        };
        MyTokensCreate: {
            name: null | string;
            /** @description At most what I have myself; it ends in the token too when I lose it. */
            permissions: null | string[];
            /**
             * Format: date-time
             * @description At most a year away.
             */
            expiresAt: null | string;
        };
        MyTokensCreated: {
            id: string;
            /** @description The token. It is shown this once. */
            secret: string;
            /** Format: date-time */
            expiresAt: string;
        };
        MyTokensList: {
            items: components["schemas"]["MyTokensView"][];
        };
        MyTokensView: {
            id: string;
            name: string;
            /** @description personal (for scripts), or app (an app I signed in with). */
            kind: string;
            permissions: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            lastUsedAt: null | string;
        };
        NeighbourView: {
            /** Format: date-time */
            from: string;
            station: string;
            /** Format: double */
            distance: number;
            /** Format: double */
            weight: number;
            /** Format: double */
            outcome: null | number;
        };
        NewClient: {
            id: string;
            /** @description The client_secret. It is shown this once. */
            secret: string;
        };
        NewKey: {
            id: string;
            /** @description The whole key. It is shown this once. */
            text: string;
        };
        NewSecret: {
            name: null | string;
            value: null | string;
        };
        Notice: {
            code: string;
            message: string;
            facts?: null | Record<string, never>;
        };
        OperatorDeskBecause: {
            reason: null | string;
        };
        /** @description A job as an operator sees it; its arguments may hold personal data and stay inside. */
        OperatorDeskJobRow: {
            /** Format: uuid */
            id: string;
            kind: string;
            lane: string;
            state: string;
            /** Format: date-time */
            dueAt: string;
            /** Format: int32 */
            attempts: number;
            actor: string;
            node: null | string;
            progress: null | string;
            result: null | string;
            error: null | string;
            reason: null | string;
            paused: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            finishedAt: null | string;
        };
        /** @description A delivery that has failed too often. */
        OperatorDeskParkedRow: {
            handler: string;
            key: string;
            /** Format: int64 */
            position: number;
            /** Format: uuid */
            envelopeId: string;
            type: string;
            /** Format: int32 */
            attempts: number;
            error: null | string;
            /** Format: date-time */
            parkedAt: string;
            /** Format: int64 */
            heldBack: number;
        };
        OperatorDeskReplayRequest: {
            handler: string;
            key: string;
            /** Format: int64 */
            position: number;
        };
        /** @description What is null stays as it is. */
        OrganizationChange: {
            name: null | string;
            disabled: null | boolean;
        };
        OrganizationCreate: {
            name: null | string;
        };
        OrganizationList: {
            items: components["schemas"]["OrganizationView"][];
        };
        OrganizationView: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uint32
             * @description What records carry as their tenant.
             */
            number: number;
            name: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: int32 */
            users: number;
            /** Format: int32 */
            applications: number;
            disabled: boolean;
        };
        Outlier: {
            /** Format: date-time */
            at: string;
            /** Format: double */
            value: number;
            /** Format: double */
            usual: number;
        };
        OverviewView: {
            measure: null | string;
            measures: string[];
            indexWords: string[];
            stations: components["schemas"]["SeriesView"][];
        };
        PageOfInvitationView: {
            /** @description Newest first. */
            items: components["schemas"]["InvitationView"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            nextCursor: null | string;
        };
        PageOfUserView: {
            /** @description Newest first. */
            items: components["schemas"]["UserView"][];
            /** @description Give it as `cursor` to go on; null at the end. */
            nextCursor: null | string;
        };
        ParameterGrid: {
            k?: null | number[];
            metric?: null | string[];
            weights?: null | string[];
            transform?: null | string[];
            algorithm?: null | string[];
        };
        PartOfBrowseExperiencesPointsView: {
            state: string;
            /** Format: date-time */
            asOf: null | string;
            data: null | components["schemas"]["BrowseExperiencesPointsView"];
        };
        PartOfBrowseExperiencesSlots: {
            state: string;
            /** Format: date-time */
            asOf: null | string;
            data: null | components["schemas"]["BrowseExperiencesSlots"];
        };
        /** @enum {unknown} */
        PartStatus: "ready" | "degraded" | "down";
        PartVerdict: {
            /** Format: int32 */
            from: number;
            /** Format: int32 */
            to: number;
            baseline: string;
            skill: components["schemas"]["Skill"];
            answeredBy: string;
        };
        PersonalDataErase: {
            /** @description Stays in the audit: name nobody in it. */
            reason: null | string;
        };
        PersonalDataErased: {
            /** @description erasing or erased. */
            state: string;
            /** @description Parts that have not done it yet, for example because a booking is under way. */
            missing: components["schemas"]["PersonalDataMissing"][];
            /** Format: date-time */
            askedAt: string;
            /** @description Those that have done it. */
            parts: components["schemas"]["PersonalDataLeft"][];
        };
        PersonalDataExport: {
            /** @description collecting or ready. */
            state: string;
            subject: components["schemas"]["PersonalDataSubject"];
            /** @description Parts that have not answered yet. */
            missing: components["schemas"]["PersonalDataMissing"][];
            /** Format: date-time */
            askedAt: string;
            /** @description Empty until ready. */
            parts: components["schemas"]["PersonalDataKept"][];
        };
        PersonalDataKept: {
            /** @description For example identity, audit, club. */
            part: string;
            data: null | components["schemas"]["JsonElement"];
            /** @description What would stay if he were erased, why, and until when. */
            stays: components["schemas"]["Stays"][];
        };
        PersonalDataLeft: {
            part: string;
            /** @description What has stayed of the erased person, why, and until when. */
            stays: components["schemas"]["Stays"][];
        };
        /** @description A part that has not answered yet. */
        PersonalDataMissing: {
            part: string;
            waits: null | components["schemas"]["Stays"];
        };
        PersonalDataSubject: {
            /** Format: uuid */
            id: string;
            email: string;
            name: string;
        };
        PlaceCoverage: {
            place: string;
            /** Format: double */
            coverage: number;
            /** Format: double */
            width: number;
        };
        PlaceScore: {
            place: string;
            /** Format: double */
            mae: number;
            /** Format: double */
            rmse: number;
            /** Format: double */
            mase: null | number;
        };
        PlanBody: {
            /**
             * Format: double
             * @description On average; 0 = no limit.
             */
            ratePerSecond: number;
            /**
             * Format: int32
             * @description At once.
             */
            burst: number;
            /**
             * Format: int64
             * @description In a day (UTC); 0 = no limit.
             */
            dailyQuota: number;
        };
        PlanView: {
            name?: string;
            /** Format: double */
            ratePerSecond?: number;
            /** Format: int32 */
            burst?: number;
            /** Format: int64 */
            dailyQuota?: number;
            /**
             * Format: int64
             * @description How many keys are on it.
             */
            keys?: number;
        };
        PointChangesPointChange: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            memberId: string;
            member: string;
            memberNo?: null | string;
            /** Format: uuid */
            booking?: null | string;
            /** Format: int64 */
            amount: number;
            reason: string;
            state: string;
            proposedName: string;
            proposedByMe: boolean;
            approvedName?: null | string;
            transactionNo?: null | string;
            /** Format: date-time */
            proposedAt: string;
            /** Format: date-time */
            approvedAt?: null | string;
            /** Format: date-time */
            enteredAt?: null | string;
        };
        PointChangesPointChangeEntered: {
            transactionNo: null | string;
        };
        PointChangesPointChangeProposal: {
            /** Format: uuid */
            member: null | string;
            /** Format: int64 */
            amount: null | number;
            reason: null | string;
        };
        PointView: {
            /** Format: date-time */
            at: string;
            /** Format: int32 */
            step: number;
            /** Format: double */
            value: number;
            /** Format: double */
            lower: null | number;
            /** Format: double */
            upper: null | number;
            kind: string;
            answeredBy: string;
            baselines: {
                [key: string]: number;
            };
            index: null | string;
        };
        /** @description An application of my organization that a key can be for. */
        PortalKeysApplication: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        PortalKeysCreate: {
            name: null | string;
            /** Format: uuid */
            applicationId: string;
            /** @description At most what I have myself. */
            permissions: null | string[];
            /**
             * Format: date-time
             * @description At most a year away.
             */
            expiresAt: null | string;
        };
        PortalKeysCreated: {
            id: string;
            /** @description The whole key. It is shown this once. */
            text: string;
        };
        PortalKeysList: {
            /** @description In force, newest first. */
            items: components["schemas"]["PortalKeysView"][];
            applications: components["schemas"]["PortalKeysApplication"][];
            /**
             * Format: int32
             * @description How many a person may have at once.
             */
            keysMax: number;
            /**
             * Format: int32
             * @description How long one may last.
             */
            lifeDaysMax: number;
        };
        PortalKeysView: {
            /** @description The public part of the key. */
            id: string;
            name: string;
            /** Format: uuid */
            applicationId: string;
            applicationName: string;
            permissions: string[];
            plan: null | string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: null | string;
            /** Format: date-time */
            lastUsedAt: null | string;
        };
        PortalUsageOfDay: {
            /** Format: date */
            day: string;
            /** Format: int64 */
            count: number;
            /**
             * Format: int64
             * @description Answered with 4xx.
             */
            refused: number;
            /**
             * Format: int64
             * @description Answered with 5xx.
             */
            errors: number;
            /** Format: int64 */
            bytesIn: number;
            /** Format: int64 */
            bytesOut: number;
        };
        PortalUsageOfKey: {
            /** @description Its id. */
            key: string;
            name: string;
            applicationName: string;
            plan: null | components["schemas"]["PortalUsagePlan"];
            /**
             * Format: int64
             * @description Of the quota, in the plan's own count: what a node holds ready for a second counts as used.
             */
            usedToday: number;
            /**
             * Format: int64
             * @description Null without a quota.
             */
            leftToday: null | number;
            /** @description Oldest first; a day without requests is not there. */
            days: components["schemas"]["PortalUsageOfDay"][];
        };
        PortalUsagePlan: {
            name: string;
            /** Format: double */
            ratePerSecond: number;
            /** Format: int32 */
            burst: number;
            /**
             * Format: int64
             * @description 0 = none.
             */
            dailyQuota: number;
        };
        PortalUsageView: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /**
             * Format: date-time
             * @description When the quotas of the day begin anew.
             */
            resetsAt: string;
            items: components["schemas"]["PortalUsageOfKey"][];
        };
        PredictRequest: {
            /** @description Key (measure@station) or number of the series. */
            series?: string;
            /**
             * Format: date-time
             * @description The one time to predict; with an offset, or UTC. Instead of horizon.
             */
            at?: null | string;
            /**
             * Format: int32
             * @description Predict so many steps after the last value. Default: all that the model was validated for. Beyond that the answer is what is usual for the season, and says so.
             */
            horizon?: null | number;
            /**
             * Format: double
             * @description Level of the interval, 0.5 to 0.99. Default 0.9.
             */
            level?: null | number;
            /**
             * Format: uuid
             * @description A certain model instead of the promoted one.
             */
            model?: null | string;
            /**
             * Format: int32
             * @description Most similar past situations to explain with, 0 to 50. Default 5.
             */
            neighbours?: null | number;
        };
        PredictionView: {
            series?: string;
            unit?: string;
            step?: string;
            /** Format: date-time */
            dataUntil?: string;
            /** Format: double */
            level?: number;
            model?: null | components["schemas"]["AnsweringModel"];
            /** Format: int32 */
            validatedHorizon?: number;
            points?: components["schemas"]["PointView"][];
            measured?: null | components["schemas"]["MeasuredCoverage"];
            explanation?: null | components["schemas"]["Explanation"];
            warnings?: components["schemas"]["Notice"][];
        };
        ProblemDetails: {
            type?: null | string;
            title?: null | string;
            /** Format: int32 */
            status?: null | number;
            detail?: null | string;
            instance?: null | string;
        };
        PromoteRequest: {
            series: null | string[];
        };
        /** @description Which claims hold what. */
        ProviderClaimNames: {
            email: null | string;
            name: null | string;
            groups: null | string;
        };
        ProviderGroupRole: {
            group: null | string;
            role: null | string;
        };
        ProviderList: {
            items: components["schemas"]["ProviderView"][];
        };
        /** @description When changing, what is null stays as it is; the name cannot change, because it is in addresses. */
        ProviderPut: {
            name: null | string;
            title: null | string;
            issuer: null | string;
            clientId: null | string;
            /** @description Null when the provider knows us as a public client, or to keep the one there is; empty removes it. */
            clientSecret: null | string;
            scopes: null | string[];
            claims: null | components["schemas"]["ProviderClaimNames"];
            groupRoles: null | components["schemas"]["ProviderGroupRole"][];
            defaultRoles: null | string[];
            /** @description Whose addresses count; empty = all. */
            emailDomains: null | string[];
            enabled: null | boolean;
        };
        ProviderStep: {
            name: string;
            ok: boolean;
            detail: string;
        };
        ProviderTested: {
            ok: boolean;
            steps: components["schemas"]["ProviderStep"][];
        };
        ProviderView: {
            name: string;
            title: string;
            issuer: string;
            clientId: string;
            /** @description The secret itself never comes out. */
            hasSecret: boolean;
            scopes: string[];
            claims: components["schemas"]["ProviderClaimNames"];
            groupRoles: components["schemas"]["ProviderGroupRole"][];
            defaultRoles: string[];
            emailDomains: string[];
            enabled: boolean;
            /** Format: date-time */
            createdAt: string;
            /** @description Register it at the provider, behind this installation's address. */
            callbackPath: string;
        };
        QualityReport: {
            series: components["schemas"]["SeriesQuality"][];
            warnings: components["schemas"]["Notice"][];
        };
        QueryStats: {
            /** Format: double */
            elapsedMs: number;
            /** Format: int64 */
            rowsRead: number;
            /** Format: int64 */
            bytesRead: number;
        };
        RecordContext: {
            records: components["schemas"]["LogRecord"][];
        };
        Reject: {
            /** Format: int64 */
            line: number;
            field: null | string;
            code: string;
            message: string;
        };
        /** @description One step of time, also when nothing came in it. */
        RequestStatisticsMoment: {
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            count: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            errors: number;
            /** Format: double */
            p50Ms: number;
            /** Format: double */
            p99Ms: number;
        };
        RequestStatisticsOfRoute: {
            /** @description The template; `(none)` stands for addresses that no endpoint has. */
            route: string;
            method: string;
            /** Format: int64 */
            count: number;
            /**
             * Format: int64
             * @description Answered with 4xx.
             */
            refused: number;
            /**
             * Format: int64
             * @description Answered with 5xx.
             */
            errors: number;
            /**
             * Format: double
             * @description Half of the requests took at most this.
             */
            p50Ms: number;
            /** Format: double */
            p99Ms: number;
            /**
             * Format: int64
             * @description Of bodies whose length was announced.
             */
            bytesIn: number;
            /**
             * Format: int64
             * @description Of bodies before compression.
             */
            bytesOut: number;
        };
        RequestStatisticsView: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** Format: int32 */
            stepSeconds: number;
            /** @description Most used first, at most 500. */
            routes: components["schemas"]["RequestStatisticsOfRoute"][];
            series: components["schemas"]["RequestStatisticsMoment"][];
        };
        RoleList: {
            items: components["schemas"]["RoleView"][];
        };
        RolePermissionView: {
            /** @description As roles and keys have it. */
            name: string;
            /** @description What it allows. */
            description: string;
        };
        RolePut: {
            /** @description For people. */
            title: null | string;
            /** @description At most what the caller has himself. */
            permissions: null | string[];
        };
        RoleView: {
            /** @description Stable word, as users have it. */
            name: string;
            /** @description For people. */
            title: string;
            /** @description What it grants, in order of name. */
            permissions: string[];
            /** @description Comes with the product and cannot be changed. */
            builtIn: boolean;
            /**
             * Format: int32
             * @description How many people of the organization have it.
             */
            users: number;
        };
        /** @description What sagas have done for one subject. */
        SagaTimeline: {
            runs: components["schemas"]["SagaTimelineSagaRun"][];
            steps: components["schemas"]["SagaTimelineSagaStep"][];
            calls: components["schemas"]["SagaTimelineSagaCall"][];
        };
        /** @description One external call under a key of these steps. */
        SagaTimelineSagaCall: {
            connector: string;
            operation: string;
            externalKey: string;
            /** Format: date-time */
            sentAt: string;
            /** Format: date-time */
            endedAt: string;
            /** @description ok, refused, not_sent, unknown or malformed. */
            outcome: string;
            /** Format: int32 */
            status?: null | number;
            detail?: null | string;
        };
        SagaTimelineSagaRun: {
            /** Format: uuid */
            id: string;
            kind: string;
            /** @description running, undoing, done, undone or operator. */
            state: string;
            undoReason?: null | string;
            reason?: null | string;
            lane?: null | string;
            /** @description A connector's name, or what is expected of a person. */
            waitingOn?: null | string;
            /** Format: date-time */
            waitingSince?: null | string;
            /** Format: date-time */
            retryAt?: null | string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        SagaTimelineSagaStep: {
            /** Format: uuid */
            run: string;
            name: string;
            /** @description do or undo. */
            direction: string;
            /** @description planned, sent, unknown, done, refused or skipped. */
            state: string;
            connector?: null | string;
            externalKey?: null | string;
            /** Format: int32 */
            attempts: number;
            detail?: null | string;
            /** Format: date-time */
            sentAt?: null | string;
            /** Format: date-time */
            updatedAt: string;
        };
        Score: {
            /** Format: int32 */
            count: number;
            /** Format: double */
            mae: number;
            /** Format: double */
            rmse: number;
            /** Format: double */
            bias: number;
            /** Format: double */
            mase: null | number;
        };
        SearchResult: {
            records: components["schemas"]["LogRecord"][];
            nextCursor: null | string;
            stats: components["schemas"]["QueryStats"];
            from: string;
            to: string;
        };
        /** @description What may be shown of a secret: never its text. */
        SecretInfo: {
            name: string;
            /** Format: int32 */
            version: number;
            hasPrevious: boolean;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
        };
        SecretNamed: {
            name: null | string;
        };
        SecretRewrap: {
            /**
             * Format: int32
             * @description How many stood under another key.
             */
            rewrapped: number;
        };
        SeriesList: {
            items: components["schemas"]["SeriesView"][];
        };
        SeriesPage: {
            series: components["schemas"]["SeriesView"];
            history: components["schemas"]["ValueView"][];
            prediction: null | components["schemas"]["PredictionView"];
            model: null | components["schemas"]["ModelView"];
            beside: components["schemas"]["SeriesView"][];
        };
        SeriesQuality: {
            series: string;
            /** Format: int64 */
            values: number;
            /** Format: int64 */
            expected: number;
            /** Format: double */
            shareMissing: number;
            /** Format: int64 */
            gaps: number;
            /** Format: int64 */
            longestGap: number;
            /** Format: date-time */
            longestGapAt: null | string;
            outliers: components["schemas"]["Outlier"][];
            /** Format: int64 */
            outlierCount: number;
            /** Format: int64 */
            flatRuns: number;
            levelShift: null | components["schemas"]["LevelShift"];
        };
        SeriesView: {
            /** Format: int32 */
            id: number;
            key: string;
            station: string;
            measure: string;
            unit: string;
            step: string;
            zone: string;
            /** Format: double */
            latitude: null | number;
            /** Format: double */
            longitude: null | number;
            /** Format: int64 */
            rows: number;
            /** Format: date-time */
            firstAt: null | string;
            /** Format: date-time */
            lastAt: null | string;
            /** Format: double */
            lastValue: null | number;
            index: null | string;
        };
        SessionView: {
            /**
             * Format: uuid
             * @description To end it by.
             */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastSeenAt: string;
            /** Format: date-time */
            expiresAt: string;
            address: null | string;
            /** @description What the browser says of itself. */
            agent: null | string;
            /** @description The session of this request. */
            isCurrent: boolean;
        };
        /** @description Either who is signed in now, or what is still missing. */
        SignInAnswer: {
            user: null | components["schemas"]["SignedInUser"];
            organization: null | components["schemas"]["SignedInOrganization"];
            permissions: null | string[];
            modules: null | string[];
            secondFactor: null | components["schemas"]["SignInOwed"];
        };
        SignInClubSignedIn: {
            /** Format: uuid */
            id: string;
            name: string;
            tier: null | string;
        };
        SignInGoOn: {
            /** @description Lead the browser there, so that the provider ends its session too. */
            continueAt: string;
        };
        SignInOwed: {
            /** @description Give it with the code, within five minutes. */
            challenge: string;
        };
        SignInRequest: {
            /** @description Of the account; letter case does not matter. */
            email: null | string;
            /** @description As the person typed it. */
            password: null | string;
        };
        SignInSecondStep: {
            /** @description From the first step. */
            challenge: null | string;
            /** @description Six digits of the authenticator. */
            code: null | string;
            /** @description In place of the code, by who lost the authenticator. */
            recoveryCode: null | string;
        };
        SignedIn: {
            /** @description Who is signed in. */
            user: components["schemas"]["SignedInUser"];
            /** @description Whose data he sees. */
            organization: components["schemas"]["SignedInOrganization"];
            /** @description What he may do. */
            permissions: string[];
            /** @description What this installation runs. */
            modules: string[];
        };
        SignedInOrganization: {
            /** Format: uuid */
            id: string;
            /** Format: uint32 */
            number: number;
            name: string;
        };
        SignedInUser: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string;
        };
        SingleSignOnOffered: {
            name: string;
            /** @description For the button. */
            title: string;
        };
        Skill: {
            /** Format: double */
            share: number;
            /** Format: double */
            lower: number;
            /** Format: double */
            upper: number;
        };
        SkipRule: {
            column?: string;
            prefix?: string;
        };
        SourceRequest: {
            /** @description Unique; default: the address without its query. */
            name?: null | string;
            /** @description csv (default), openaq, or logs: records an hour of the own applications, which needs no address. */
            kind?: null | string;
            /** @description http or https. {from} in it is replaced by the time from which values are wanted. */
            url?: string;
            /** @description Sent as X-API-Key: the name of a stored secret that begins with forecast/, as secret:forecast/name. */
            secret?: null | string;
            mapping?: null | components["schemas"]["Mapping"];
            /**
             * Format: int32
             * @description Minutes between runs; without it the source runs when asked.
             */
            everyMinutes?: null | number;
            /**
             * Format: int32
             * @description How far before the newest known value a run begins again, for late values and corrections. Default 48.
             */
            overlapHours?: null | number;
        };
        SourceView: {
            /** Format: int32 */
            id?: number;
            name?: string;
            kind?: string;
            url?: string;
            mapping?: components["schemas"]["Mapping"];
            /** Format: int32 */
            everyMinutes?: null | number;
            /** Format: int32 */
            overlapHours?: number;
            /** Format: date-time */
            knownUntil?: null | string;
            /** Format: date-time */
            nextAt?: null | string;
        };
        SseItemOfJobView: {
            data?: components["schemas"]["JobView"];
            eventType?: null | string;
            eventId?: null | string;
            reconnectionInterval?: null | string;
        };
        SseItemOfLoadView: {
            data?: components["schemas"]["LoadView"];
            eventType?: null | string;
            eventId?: null | string;
            reconnectionInterval?: null | string;
        };
        /** @description Something of a person that stays, and why. It is told with what is kept of him and when he is erased. */
        Stays: {
            /** @description Stable, for example `audit-entries`; the web application has words for it in each language. */
            code: string;
            /** @description What stays and why, in sentences. */
            because: string;
            /**
             * Format: date-time
             * @description When it goes by itself; null when it stays for good or until somebody does something, and then the sentences say which.
             */
            until?: null | string;
            /** @description What the words of other languages have to name, for example how many. */
            values?: null | {
                [key: string]: string;
            };
        };
        StepCoverage: {
            /** Format: int32 */
            step: number;
            /** Format: double */
            coverage: number;
            /** Format: double */
            width: number;
        };
        StepScore: {
            /** Format: int32 */
            step: number;
            /** Format: double */
            mae: number;
            /** Format: double */
            rmse: number;
        };
        StoredPicture: {
            /** Format: uuid */
            id: string;
            mediaType: string;
            /** Format: int32 */
            width: number;
            /** Format: int32 */
            height: number;
        };
        TestRequest: {
            /** @description Of an attached file: the measure to forecast. Default: the first of the mapping. */
            measure?: null | string;
            grid?: null | components["schemas"]["ParameterGrid"];
            series?: null | components["schemas"]["JsonElement"];
            /** @description Name in the registry; each training under it is a new version. Default: the measure and the horizon. */
            name?: null | string;
            /**
             * Format: int32
             * @description Steps ahead, 1 to 336. Default: 24 hours, or 14 days.
             */
            horizon?: null | number;
            /** @description ensemble (default), knn, ridge, smoothing, seasonal-naive or persistence. auto, brute, kd_tree and ball_tree mean knn with that search. */
            algorithm?: null | string;
            /** @description Search of the neighbours: auto (default), brute, kd_tree or ball_tree. All find the same. */
            search?: null | string;
            /**
             * Format: int32
             * @description Neighbours, 1 to 500. Default 60 for hours, 15 for days.
             */
            k?: null | number;
            /** @description euclidean (default), manhattan, chebyshev, minkowski (with p), cosine or dtw. */
            metric?: null | string;
            /**
             * Format: double
             * @description Exponent of minkowski, 1 to 16.
             */
            p?: null | number;
            /** @description uniform, distance (default), gaussian, tricube, epanechnikov or rank. */
            weights?: null | string;
            lags?: null | components["schemas"]["JsonElement"];
            /** @description none, log (default for hours), asinh, level (default for days: divided by the recent mean) or level-additive. */
            transform?: null | string;
            /** @description What the model looks at beside the lags: calendar, means, gaps, pollutants, weather, region. Default: all there is. */
            features?: null | string[];
            /** @description How features weigh in a distance: learned (default) or none. */
            featureWeights?: null | string;
            /** @description whole (default: one search for the path), direct or recursive. */
            strategy?: null | string;
            /** @description median or mean of the neighbours' outcomes. Default: the median for absolute errors where the transform is not logarithmic, else the mean. */
            combine?: null | string;
            /** @description absolute (default: best mean absolute error) or squared. */
            loss?: null | string;
            /**
             * Format: double
             * @description Nominal level of the interval that is tested, 0.5 to 0.99. Default 0.9.
             */
            level?: null | number;
            /**
             * Format: double
             * @description Outcomes above it are scored apart. Default: the 90th percentile.
             */
            exceedance?: null | number;
            /**
             * Format: int32
             * @description Steps between tested origins, 1 to 168. Default: 6 hours, or 1 day.
             */
            originEvery?: null | number;
            /**
             * Format: date-time
             * @description Only what was known at this moment; later corrections and values do not exist for it.
             */
            asOf?: null | string;
            /**
             * Format: int32
             * @description Same seed, parameters and data: the same model, to the last bit. Default 1.
             */
            seed?: null | number;
        };
        TimeColumns: {
            /** @description Column with the whole time: ISO 8601, with or without offset, or as format says. */
            column?: null | string;
            /** @description Of the column, in .NET's letters: dd/MM/yyyy HH:mm. unix = seconds since 1970. */
            format?: null | string;
            year?: null | string;
            month?: null | string;
            day?: null | string;
            hour?: null | string;
        };
        /** @description As RFC 6749 5.1 spells it. */
        TokenGranted: {
            access_token: string;
            token_type: string;
            /** Format: int32 */
            expires_in: number;
            scope: string;
            refresh_token: null | string;
        };
        /** @description As RFC 6749 5.2 spells it. */
        TokenRefused: {
            error: string;
            error_description: string;
        };
        Trial: {
            parameters: components["schemas"]["ModelParameters"];
            /** Format: double */
            mae: number;
            /** Format: double */
            rmse: number;
            /** Format: double */
            coverage: number;
        };
        UnusualStretch: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** Format: int32 */
            steps: number;
            /** Format: date-time */
            at: string;
            /** Format: double */
            value: number;
            /** Format: double */
            expected: number;
        };
        UnusualView: {
            series: string;
            unit: string;
            step: string;
            /** Format: double */
            quantile: number;
            points: components["schemas"]["UsualPoint"][];
            stretches: components["schemas"]["UnusualStretch"][];
        };
        /** @description What is null stays as it is. */
        UserChange: {
            name: null | string;
            roles: null | string[];
            disabled: null | boolean;
        };
        UserView: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string;
            roles: string[];
            /** @description active, invited, locked (too many wrong passwords or codes) or disabled. */
            state: string;
            /** @description Signs in with a second factor. */
            twoFactor: boolean;
            /** @description Name of the provider that vouches for him; null for a local account. */
            provider: null | string;
            /** Format: date-time */
            lastSeenAt: null | string;
            /** Format: date-time */
            createdAt: string;
        };
        UsualPoint: {
            /** Format: date-time */
            at: string;
            /** Format: double */
            value: null | number;
            /** Format: double */
            expected: number;
            /** Format: double */
            lower: number;
            /** Format: double */
            upper: number;
            unusual: boolean;
        };
        ValueColumn: {
            column?: string;
            /** @description Name of the measure; default: the column's. */
            measure?: null | string;
            unit?: null | string;
            /**
             * Format: double
             * @description Values below are rejected. Known measures have limits of their own.
             */
            min?: null | number;
            /** Format: double */
            max?: null | number;
            /** @description A second column the value is multiplied by: quantity times price. */
            times?: null | string;
        };
        ValueList: {
            series: string;
            unit: string;
            step: string;
            values: components["schemas"]["ValueView"][];
        };
        ValueVersion: {
            /** Format: double */
            value: number;
            /** Format: date-time */
            loadedAt: string;
            /** Format: uuid */
            load: null | string;
        };
        ValueView: {
            /** Format: date-time */
            at: string;
            /** Format: double */
            value: number;
            corrected: boolean;
        };
        ViewBookingBookingView: {
            /** Format: uuid */
            id: string;
            /** Format: int64 */
            number: number;
            what: string;
            /** Format: uuid */
            experienceId: null | string;
            /** Format: uuid */
            itemId: null | string;
            title: string;
            unit: string;
            /** Format: date-time */
            startsAt: null | string;
            timeZone: null | string;
            /** Format: int32 */
            quantity: number;
            pay: string;
            /** Format: int64 */
            points: null | number;
            /** Format: int64 */
            amount: null | number;
            currency: null | string;
            state: string;
            settled: boolean;
            reason: null | string;
            reference: null | string;
            promise: null | components["schemas"]["ViewBookingPromiseView"];
            payUrl: null | string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            confirmedAt: null | string;
        };
        ViewBookingPromiseView: {
            /** Format: date-time */
            by: string;
            text: string;
        };
        WeightOf: {
            /** Format: int32 */
            from: number;
            /** Format: int32 */
            to: number;
            weights: {
                [key: string]: number;
            };
        };
        WelcomeAccept: {
            /** @description From the link. */
            token: null | string;
            /** @description How others see the person; null keeps what there is. */
            name: null | string;
            password: null | string;
            /** @description Of the first administrator only. */
            email: null | string;
            /** @description Name of the first organization, by the first administrator only. */
            organization: null | string;
        };
        WelcomeRead: {
            token: null | string;
        };
        WelcomeView: {
            /** @description join, first (the installation's first administrator, who also says his mail address and the organization's name) or password (a forgotten one). */
            purpose: string;
            email: null | string;
            name: null | string;
            organization: null | string;
        };
        WindColumns: {
            /** @description Column with a point of the compass (N, NNE, ...) or degrees. */
            direction?: string;
            speed?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "club-booking": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewBookingBookingView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listForecastJobs: {
        parameters: {
            query?: {
                /** @description 1 to 200. Default 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
        };
    };
    readForecastJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    cancelForecastJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    watchForecastJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["SseItemOfJobView"];
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listLoads: {
        parameters: {
            query?: {
                /** @description How many, 1 to 200. Default 50. */
                limit?: number;
                /** @description nextCursor of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoadPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    startLoad: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoadRequest"];
                "multipart/form-data": components["schemas"]["LoadRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoadStarted"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    readLoad: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoadView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    cancelLoad: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    watchLoad: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["SseItemOfLoadView"];
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: {
                /** @description Only models of this series. */
                series?: string;
                name?: string;
                /** @description 1 to 200. Default 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    trainModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobStarted"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    readModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    promoteModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": null | components["schemas"]["PromoteRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    readForecastOverview: {
        parameters: {
            query?: {
                /** @description Default: PM2.5 when there is one, else the first. */
                measure?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewView"];
                };
            };
        };
    };
    predict: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PredictRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PredictionView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listSeries: {
        parameters: {
            query?: {
                measure?: string;
                station?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesList"];
                };
            };
        };
    };
    readSeries: {
        parameters: {
            query?: {
                /** @description Steps of history, 0 to 5000. Default 168. */
                history?: number;
                /** @description Steps ahead; default: the validated horizon. */
                horizon?: number;
                /** @description Of the interval, 0.5 to 0.99. Default 0.9. */
                level?: number;
            };
            header?: never;
            path: {
                series: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    readCorrections: {
        parameters: {
            query?: {
                /** @description 1 to 1000. Default 200. */
                limit?: number;
            };
            header?: never;
            path: {
                series: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Correction"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    rollBackModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                series: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    readUnusual: {
        parameters: {
            query?: {
                /** @description Default: 14 days (of days: two years) before the last value. */
                from?: string;
                to?: string;
                /** @description Share of past errors that the band holds, 0.95 to 0.9999: nearer to 1 warns less often. Default 0.995. */
                quantile?: number;
            };
            header?: never;
            path: {
                series: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnusualView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    readValues: {
        parameters: {
            query?: {
                /** @description Default: 14 days (of days: two years) before the last value. */
                from?: string;
                to?: string;
                /** @description Only what was known then. */
                asOf?: string;
            };
            header?: never;
            path: {
                series: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValueList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"][];
                };
            };
        };
    };
    putSource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    deleteSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    testModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestRequest"];
                "multipart/form-data": components["schemas"]["TestRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobStarted"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getContext: {
        parameters: {
            query: {
                /** @description Sequence of the record in the middle. */
                sequence: string;
                /** @description How many earlier records, 0 to 200. Default 20. */
                before?: number;
                /** @description How many later records, 0 to 200. Default 20. */
                after?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordContext"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    listFields: {
        parameters: {
            query?: {
                /** @description The query, such as: level:error service:checkout "payment failed" -path:/health. Empty finds everything. */
                q?: string;
                /** @description Earliest time: ISO 8601, or relative to now such as now-15m or -2h. Default now-15m. */
                from?: string;
                /** @description Time before which records are found: ISO 8601, now, or relative to now. Default now. */
                to?: string;
                /** @description List the values of this field. */
                field?: string;
                /** @description Only values that begin so, whatever their case. */
                prefix?: string;
                /** @description How many values at most, 1 to 200. Default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fields"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    readHistogram: {
        parameters: {
            query?: {
                /** @description The query, such as: level:error service:checkout "payment failed" -path:/health. Empty finds everything. */
                q?: string;
                /** @description Earliest time: ISO 8601, or relative to now such as now-15m or -2h. Default now-15m. */
                from?: string;
                /** @description Time before which records are found: ISO 8601, now, or relative to now. Default now. */
                to?: string;
                /** @description How many buckets at most, 1 to 500 (one more where the range begins inside one). Default 60. */
                buckets?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Histogram"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    getRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Sequence of the record. */
                sequence: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogRecord"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    searchRecords: {
        parameters: {
            query?: {
                /** @description The query, such as: level:error service:checkout "payment failed" -path:/health. Empty finds everything. */
                q?: string;
                /** @description Earliest time: ISO 8601, or relative to now such as now-15m or -2h. Default now-15m. */
                from?: string;
                /** @description Time before which records are found: ISO 8601, now, or relative to now. Default now. */
                to?: string;
                /** @description How many records a page has at most, 1 to 1000. Default 100. */
                limit?: number;
                /** @description nextCursor of the page before; the range is then the first page's, whatever from and to say. */
                cursor?: string;
                /** @description desc, newest first (the default), or asc. */
                order?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
        };
    };
    getTrace: {
        parameters: {
            query?: {
                /** @description Earliest time. Default now-7d. */
                from?: string;
                /** @description Time before which records are found. Default now+10m. */
                to?: string;
                /** @description nextCursor of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description 32 hexadecimal digits. */
                traceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
        };
    };
}
