# Completion of netj for bash: load it with `source <(netj completion bash)`.
# What netj answers is only ever compared and copied, never evaluated. Bash hides what stands before the command, so
# name another journal with --db rather than with NETJ_DB=… on the same line.

_netj() {
    local line=${COMP_LINE:0:COMP_POINT} cur=$2 piece answer candidate lead="" strip=""
    # The word since the last blank or quote, which candidates begin with; bash itself also parts words at = : @.
    piece=${line##*[[:space:]\"\']}
    if [[ $piece == *"$cur" ]]; then
        strip=${piece%"$cur"}
    else
        lead=${cur%"$piece"}
    fi
    COMPREPLY=()
    while IFS= read -r answer; do
        candidate=${answer%%$'\t'*}
        if [[ $candidate == :files ]]; then
            compopt -o default 2>/dev/null
            return 0
        fi
        COMPREPLY+=("$lead${candidate#"$strip"}")
    done < <(command netj _complete "$line" 2>/dev/null </dev/null)
    return 0
}

complete -o nosort -F _netj netj 2>/dev/null || complete -F _netj netj
