package dev.facefusion.runtime.token;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An issuer's keys, kept for five minutes.
///
/// A key that is not among them is looked for at the issuer at once, so that a rotation costs
/// nobody a refusal, but never more than twice in ten seconds, whatever names are asked for. While
/// the issuer does not answer, the keys that it last published are used for up to six hours.
public final class PublishedKeys {

    private static final Logger log = LoggerFactory.getLogger(PublishedKeys.class);

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration BETWEEN_DOWNLOADS = Duration.ofSeconds(10);
    private static final Duration OUTAGE = Duration.ofHours(6);
    private static final Duration WAIT_FOR_OTHERS_DOWNLOAD = Duration.ofSeconds(15);

    private final InstantSource clock;
    private final KeyPublication publication;
    private final JWKSetSource<SecurityContext> source;

    PublishedKeys(KeyLocation location, KeyHost host, InstantSource clock) {
        this.clock = clock;
        this.publication = new KeyPublication(location, host);
        // The limit is inside the tolerance: a flood of unknown names must not cost the known ones.
        this.source =
                new CachingJWKSetSource<>(
                        new OutageTolerantJWKSetSource<>(
                                new RateLimitedJWKSetSource<>(
                                        publication, BETWEEN_DOWNLOADS.toMillis(), null),
                                OUTAGE.toMillis(),
                                null),
                        FRESH.toMillis(),
                        WAIT_FOR_OTHERS_DOWNLOAD.toMillis(),
                        null);
    }

    /// Reads nothing yet: the first token does.
    public static PublishedKeys at(KeyLocation location, KeyAccess access, InstantSource clock) {
        return new PublishedKeys(location, new HttpKeyHost(access), clock);
    }

    /// Reads the keys now, so that the first token need not wait. If they cannot be read, that
    /// token tries again.
    public void load() {
        try {
            keys(JWKSetCacheRefreshEvaluator.noRefresh());
        } catch (KeySourceException e) {
            log.atDebug().setCause(e).log("Keys could not be read ahead");
        }
    }

    /// As the issuer calls itself in its tokens; empty as long as nothing was read.
    Optional<String> issuer() {
        return publication.issuer();
    }

    /// The keys that match; may download them, which takes up to ten seconds.
    ///
    /// @throws KeySourceException if there are no keys to choose from
    List<JWK> select(JWKSelector selector) throws KeySourceException {
        var keys = keys(JWKSetCacheRefreshEvaluator.noRefresh());
        var selected = selector.select(keys);
        return selected.isEmpty() ? selectNew(selector, keys) : selected;
    }

    private List<JWK> selectNew(JWKSelector selector, JWKSet known) {
        try {
            return selector.select(keys(JWKSetCacheRefreshEvaluator.referenceComparison(known)));
        } catch (KeySourceException e) {
            log.atDebug().setCause(e).log("Keys could not be read again for an unknown name");
            return List.of();
        }
    }

    private JWKSet keys(JWKSetCacheRefreshEvaluator refresh) throws KeySourceException {
        return source.getJWKSet(refresh, clock.millis(), null);
    }
}
