#compdef netj
# Completion of netj for zsh: load it with `source <(netj completion zsh)` after compinit, or save it as _netj in a
# folder of $fpath. What netj answers is only ever compared and copied, never evaluated.

_netj() {
    emulate -L zsh
    setopt extendedglob
    local line answer before
    local -a texts shown
    # Words as typed; the current one only up to the cursor. An assignment before the command is no word of it.
    before=${(M)${LBUFFER%%[[:space:]]##netj[[:space:]]*}%NETJ_DB=[^[:space:]]#}
    line="$before ${(j: :)${(@)words[1,CURRENT-1]}} ${QIPREFIX}${IPREFIX}${PREFIX}"
    while IFS= read -r answer; do
        if [[ $answer == :files* ]]; then
            _files
            return
        fi
        texts+=("${answer%%$'\t'*}")
        if [[ ${answer#*$'\t'} == '' ]]; then
            shown+=("${answer%%$'\t'*}")
        else
            shown+=("${answer%%$'\t'*}  -- ${answer#*$'\t'}")
        fi
    done < <(command netj _complete "$line" 2>/dev/null </dev/null)
    (( $#texts )) || return 1
    # Of a text in quotes only its last word is being typed.
    compset -P '*[[:space:]]'
    compadd -l -V netj -d shown -a texts
}

if [[ $funcstack[1] == _netj ]]; then
    _netj "$@"
elif (( $+functions[compdef] )); then
    compdef _netj netj
fi
