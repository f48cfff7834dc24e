package dev.facefusion.operator.desired;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/// Quantities spelt as the API server spells them, so that what was asked compares equal to what is
/// stored: the largest suffix that leaves an integer, 1000m is 1 and 1024Mi is 1Gi.
final class Canonical {
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL =
            List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final BigDecimal NANO = BigDecimal.ONE.scaleByPowerOfTen(-9);

    private Canonical() {}

    static Quantity of(Quantity quantity) {
        var amount = quantity.getNumericalAmount();
        boolean binary = BINARY.contains(quantity.getFormat()) && !quantity.getFormat().isEmpty();
        // Like the API server, a binary amount below 1024 is written without a suffix.
        return binary && whole(amount)
                ? largest(amount.toBigIntegerExact(), BigInteger.valueOf(1024), BINARY)
                : largest(amount.divide(NANO).toBigInteger(), BigInteger.valueOf(1000), DECIMAL);
    }

    private static boolean whole(BigDecimal amount) {
        return amount.stripTrailingZeros().scale() <= 0;
    }

    private static Quantity largest(BigInteger amount, BigInteger base, List<String> suffixes) {
        if (amount.signum() == 0) {
            return new Quantity("0");
        }
        var rest = amount;
        int suffix = 0;
        while (suffix < suffixes.size() - 1 && rest.mod(base).signum() == 0) {
            rest = rest.divide(base);
            suffix++;
        }
        return new Quantity(rest.toString(), suffixes.get(suffix));
    }
}
