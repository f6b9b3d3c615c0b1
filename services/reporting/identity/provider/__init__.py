"""Logging in by a provider of the operator's own: OpenID Connect, the authorization code flow with PKCE."""
