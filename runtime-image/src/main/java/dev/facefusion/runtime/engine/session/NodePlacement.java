package dev.facefusion.runtime.engine.session;

import static java.lang.foreign.ValueLayout.ADDRESS;

import ai.onnxruntime.OrtSession;
import dev.facefusion.runtime.engine.session.NativeInterface.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// On which execution provider each node of a model runs, as the session itself says.
///
/// @param nodes how many nodes each provider has, by ONNX Runtime's name such as
///   `CUDAExecutionProvider`
public record NodePlacement(Map<String, Integer> nodes) {

    /// Has a session keep what [#of] asks for; without it, that fails.
    static final String RECORDING = "session.record_ep_graph_assignment_info";

    private static final FunctionDescriptor GET_NAME =
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS);
    private static final FunctionDescriptor GET_LIST =
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS);

    public NodePlacement {
        nodes = Map.copyOf(nodes);
    }

    /// True if every node runs on the provider, or with TensorRT on TensorRT and CUDA.
    boolean isWhollyOn(ExecutionProvider provider) {
        return switch (provider) {
            case CPU, CUDA -> nodes.keySet().equals(Set.of(provider.nativeName()));
            case TENSORRT ->
                    nodes.containsKey(provider.nativeName())
                            && Set.of(provider.nativeName(), ExecutionProvider.CUDA.nativeName())
                                    .containsAll(nodes.keySet());
        };
    }

    static NodePlacement of(OrtSession session) {
        var api = NativeInterface.get();
        var subgraphs = api.function(Function.SESSION_GET_EP_GRAPH_ASSIGNMENT_INFO, GET_LIST);
        var providerName = api.function(Function.EP_ASSIGNED_SUBGRAPH_GET_EP_NAME, GET_NAME);
        var nodesOf = api.function(Function.EP_ASSIGNED_SUBGRAPH_GET_NODES, GET_LIST);
        try (var arena = Arena.ofConfined()) {
            var array = NativeInterface.cell(arena);
            var count = NativeInterface.cell(arena);
            var address = NativeInterface.address(session);
            api.check((MemorySegment) subgraphs.invokeExact(address, array, count));
            var nodes = new TreeMap<String, Integer>();
            for (var subgraph : NativeInterface.pointers(array, count)) {
                api.check((MemorySegment) providerName.invokeExact(subgraph, array));
                var provider = NativeInterface.text(array.get(ADDRESS, 0));
                api.check((MemorySegment) nodesOf.invokeExact(subgraph, array, count));
                nodes.merge(provider, NativeInterface.pointers(array, count).size(), Integer::sum);
            }
            return new NodePlacement(nodes);
        } catch (SessionException e) {
            throw e;
        } catch (Throwable e) {
            throw new SessionException("ONNX Runtime does not say where a model runs", e);
        }
    }
}
