"""Lets go of all that a visitor gave, soon after they closed the page, and at once when they ask for it.

Streamlit keeps the session of a closed page for a while, in case it comes back, but drops it only when another page is
closed: the last visitor of a day would stay until the next morning. So the server looks every few seconds.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui import words
from pages.ui.asks import forget_everything

log = logging.getLogger("demos.leaving")
SWEEP_S = 3.0  # with server.disconnectedSessionTTL (20 s) and two of these, all is gone within half a minute
_JS = """
export default function() {
  const url = new URL(window.location.href);
  window.location.replace(url.pathname + '?forgotten=1');  // a fresh page: the widgets in the browser are empty too
}
"""
_reload = st.components.v2.component("fresh_page", html="<span></span>", js=_JS)


async def sweep() -> None:
    """For as long as the server runs, let go of the sessions whose page was closed and did not come back in time."""
    rounds = 0
    gc.collect()
    gc.freeze()  # the modules stay: each later look for what can go need not go through them
    while True:
        await asyncio.sleep(SWEEP_S)
        try:
            rounds = 2 if runtime.exists() and let_go(runtime.get_instance()) else max(0, rounds - 1)
            if rounds:
                gc.collect()  # sessions hold themselves in circles; some of what held them lets go only after the first time
        except Exception as error:  # another Streamlit may keep its sessions in another way; what was asked of the server goes on
            log.error("closed pages could not be let go: %s", type(error).__name__)


def let_go(server: Any) -> int:
    """End the sessions whose time is over; how many there were. Call it on the server's event loop."""
    over = server._session_mgr._session_storage._cache.expire()
    for _, info in over:
        forget_everything(state=info.session.session_state.filtered_state)
        info.session.shutdown()  # drops its uploads and what was shown
        info.session.session_state.clear()
    if over:
        log.info("%d closed pages were let go", len(over))
    return len(over)


def forget_all() -> None:
    """Drop everything that this visitor gave and got: answers, the worker's copies, uploads, what was shown, the widgets."""
    forget_everything()
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)
        if runtime.exists():
            media = runtime.get_instance().media_file_mgr
            media.clear_session_refs(context.session_id)
            media.remove_orphaned_files()
    st.session_state.clear()
    st.query_params.clear()
    st.session_state["_forgotten"] = True


def draw_forget() -> bool:
    """The button in the menu, and the word that it is done; whether the page is being loaded afresh."""
    gone = st.session_state.pop("_forgotten", False)
    with st.sidebar:
        st.button(words.FORGET_ME, key="forget_me", icon=":material/delete_forever:", help=words.FORGET_HELP, on_click=forget_all)
        if gone or st.query_params.get("forgotten"):
            st.caption(words.FORGOTTEN)
    if gone:
        st.info(words.FORGOTTEN)
        _reload(key="fresh_page")
    return gone
