package dev.facefusion.runtime.http;

import dev.facefusion.runtime.security.Authentication;
import dev.facefusion.runtime.security.Authentication.Outcome;
import dev.facefusion.runtime.security.Authenticator;
import dev.facefusion.runtime.security.Credentials;
import dev.facefusion.runtime.security.SecuritySettings;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;

/// Decides about each request, before its body is read, whether it may come in: by the address that
/// it comes from, and by who sent it. What it learns becomes the request's [Client].
public final class Door implements AutoCloseable {

    private static final HeaderName API_KEY = HeaderNames.create("X-Api-Key");

    private final SecuritySettings settings;
    private final Authenticator authenticator;
    private final Consumer<Outcome> count;
    private final HeaderName forwarded;

    private Door(SecuritySettings settings, Authenticator authenticator, Consumer<Outcome> count) {
        this.settings = settings;
        this.authenticator = authenticator;
        this.count = count;
        this.forwarded = HeaderNames.create(settings.forwarded().wireName());
    }

    /// Reads what the settings name.
    ///
    /// @param count is told how each request fared that was asked for anything
    /// @throws dev.facefusion.runtime.config.ConfigException if a file cannot be used
    public static Door open(SecuritySettings settings, Consumer<Outcome> count) {
        return new Door(settings, Authenticator.open(settings), count);
    }

    @Override
    public void close() {
        authenticator.close();
    }

    SecuritySettings settings() {
        return settings;
    }

    /// Lets a request in.
    ///
    /// @throws RequestRefused if it may not come in
    void admit(ServerRequest request, Endpoint.Access access) {
        var address = address(request);
        if (!settings.allowed().isEmpty() && !settings.allowed().contain(address)) {
            throw refused(new Refusal.AddressNotAllowed(), Outcome.ADDRESS_NOT_ALLOWED);
        }
        request.context().register(new Client(address.getHostAddress()));
        switch (access) {
            case OPEN -> {}
            case KNOWN_CLIENTS -> identify(request);
        }
    }

    private InetAddress address(ServerRequest request) {
        var peer = ((InetSocketAddress) request.remotePeer().address()).getAddress();
        try {
            return settings.forwarded()
                    .client(peer, values(request, forwarded), settings.proxies());
        } catch (IllegalArgumentException _) {
            throw refused(
                    new Refusal.BadForwarding(settings.forwarded().wireName()),
                    Outcome.BAD_FORWARDING);
        }
    }

    private void identify(ServerRequest request) {
        var credentials =
                Credentials.of(
                        values(request, HeaderNames.AUTHORIZATION), values(request, API_KEY));
        switch (authenticator.of(credentials)) {
            case Authentication.NotRequired _ -> {}
            case Authentication.Known(var client, var outcome) -> {
                count.accept(outcome);
                request.context().register(new Client(client));
            }
            case Authentication.Missing _ ->
                    throw refused(new Refusal.Unauthenticated(""), Outcome.MISSING);
            case Authentication.Invalid _ ->
                    throw refused(
                            new Refusal.Unauthenticated(", error=\"invalid_token\""),
                            Outcome.INVALID);
            case Authentication.Undecided _ ->
                    throw refused(new Refusal.IssuerUnreachable(), Outcome.UNDECIDED);
        }
    }

    private RequestRefused refused(Refusal refusal, Outcome outcome) {
        count.accept(outcome);
        return new RequestRefused(refusal);
    }

    private static List<String> values(ServerRequest request, HeaderName name) {
        return request.headers().all(name, List::of);
    }
}
