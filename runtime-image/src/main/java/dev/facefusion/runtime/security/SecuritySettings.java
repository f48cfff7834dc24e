package dev.facefusion.runtime.security;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the task API's port is protected. All of it is optional; with no variable set, whoever
/// reaches the port may use it.
///
/// @param allowed from where requests may come; from everywhere if empty
/// @param proxies whose word about their clients' addresses counts
public record SecuritySettings(
        Optional<KeySource> apiKeys,
        Optional<TokenSettings> tokens,
        AddressRanges allowed,
        AddressRanges proxies,
        ForwardedHeader forwarded,
        Optional<TlsFiles> tls,
        ConnectionLimits connections,
        AccessLogDetail accessLog) {

    private static final Logger log = LoggerFactory.getLogger(SecuritySettings.class);
    private static final List<String> FORWARDED_HEADERS = List.of("x-forwarded-for", "forwarded");
    private static final List<String> ACCESS_LOGS = List.of("full", "anonymous", "off");

    /// How much one line of the access log tells.
    public enum AccessLogDetail {
        FULL,
        /// Without the client's name and address.
        ANONYMOUS,
        OFF
    }

    /// The settings that the variables give.
    ///
    /// @throws ConfigException for the first variable that cannot be used
    public static SecuritySettings from(Environment environment) {
        var forwarded = environment.oneOf("FORWARDED_HEADER", FORWARDED_HEADERS);
        var accessLog = environment.oneOf("ACCESS_LOG", ACCESS_LOGS);
        return new SecuritySettings(
                KeySource.from(environment),
                TokenSettings.from(environment),
                AddressRanges.from(environment, "ALLOWED_CIDRS"),
                AddressRanges.from(environment, "TRUSTED_PROXY_CIDRS"),
                ForwardedHeader.valueOf(forwarded.replace('-', '_').toUpperCase(Locale.ROOT)),
                TlsFiles.from(environment),
                ConnectionLimits.from(environment),
                AccessLogDetail.valueOf(accessLog.toUpperCase(Locale.ROOT)));
    }

    /// Says in one line of the log how the port is protected.
    public void log() {
        log.atInfo()
                .addKeyValue("apiKeys", apiKeys.isPresent())
                .addKeyValue("tokens", tokens.isPresent())
                .addKeyValue("allowedRanges", allowed.isEmpty() ? "all" : allowed.ranges().size())
                .addKeyValue("trustedProxyRanges", proxies.ranges().size())
                .addKeyValue("tls", tls.isPresent())
                .addKeyValue(
                        "clientCertificates", tls.flatMap(TlsFiles::clientAuthorities).isPresent())
                .addKeyValue("accessLog", accessLog)
                .log("Security of the task API");
    }

    /// Whether a client must say who it is.
    public boolean requiresAuthentication() {
        return apiKeys.isPresent() || tokens.isPresent();
    }
}
