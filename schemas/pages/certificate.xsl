<?xml version="1.0" encoding="UTF-8"?>
<!-- The loading certificate and its copy: one sheet. Tree: stages/pages/page-certificate.c. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="frame.xsl"/>
  <xsl:include href="stamp.xsl"/>

  <xsl:template match="/page">
    <html lang="{/page/@lang}">
      <xsl:call-template name="head"/>
      <body class="sheets">
        <xsl:call-template name="header"/>
        <main id="main">
          <div class="screen"><xsl:call-template name="outcome"/></div>
          <article class="sheet" aria-labelledby="lc">
            <xsl:for-each select="copy"><p class="banner"><xsl:value-of select="banner"/></p></xsl:for-each>
            <h2 class="title" id="lc"><xsl:value-of select="$words/sheet"/></h2>
            <xsl:for-each select="copy"><p><xsl:value-of select="certified"/></p></xsl:for-each>
            <xsl:for-each select="stamp"><div class="stampbox"><xsl:call-template name="stamp"/></div></xsl:for-each>
            <dl class="paper">
              <xsl:for-each select="field">
                <div class="{@class}"><dt><xsl:value-of select="name"/></dt><dd><xsl:call-template name="parts"/></dd></div>
              </xsl:for-each>
            </dl>
            <xsl:if test="container"><xsl:call-template name="containers"/></xsl:if>
            <xsl:call-template name="goods"/>
            <h2><xsl:value-of select="$words/conditions"/></h2>
            <xsl:for-each select="condition"><p><xsl:value-of select="."/></p></xsl:for-each>
            <xsl:if test="closure"><p><xsl:value-of select="closure"/></p></xsl:if>
            <xsl:for-each select="signed">
              <dl class="paper">
                <div class="w2"><dt><xsl:value-of select="$words/signature"/></dt><dd><xsl:for-each select="by"><xsl:call-template name="parts"/></xsl:for-each></dd></div>
                <div class="w2"><dt><xsl:value-of select="$words/time"/></dt><dd><xsl:for-each select="at"><xsl:call-template name="parts"/></xsl:for-each></dd></div>
              </dl>
            </xsl:for-each>
          </article>
        </main>
        <xsl:call-template name="footer"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="containers">
    <h2 id="containers"><xsl:value-of select="$words/containers"/></h2>
    <div class="scroll" role="group" tabindex="0" aria-labelledby="containers">
      <table class="list">
        <thead><tr><th scope="col"><xsl:value-of select="$words/container"/></th><th scope="col"><xsl:value-of select="$words/size"/></th><th scope="col"><xsl:value-of select="$words/seal"/></th><th scope="col" class="num"><xsl:value-of select="$words/packages"/></th><th scope="col" class="num"><xsl:value-of select="$words/gross"/></th><th scope="col" class="num"><xsl:value-of select="$words/tare"/></th><th scope="col" class="num"><xsl:value-of select="$words/vgm"/></th><th scope="col"><xsl:value-of select="$words/time"/></th></tr></thead>
        <tbody>
          <xsl:for-each select="container">
            <tr><th scope="row"><xsl:value-of select="id"/></th><td><xsl:value-of select="size"/></td><td class="wrap"><xsl:value-of select="seals"/></td><td class="num"><xsl:value-of select="packages"/></td><td class="num"><xsl:value-of select="gross"/></td><td class="num"><xsl:value-of select="tare"/></td><td class="num"><xsl:for-each select="vgm"><xsl:call-template name="parts"/></xsl:for-each></td><td><xsl:for-each select="loadedAt"><xsl:call-template name="parts"/></xsl:for-each></td></tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template name="goods">
    <h2 id="goods"><xsl:value-of select="$words/goods"/></h2>
    <div class="scroll" role="group" tabindex="0" aria-labelledby="goods">
      <table class="list">
        <thead><tr><th scope="col"><xsl:value-of select="$words/item"/></th><th scope="col"><xsl:value-of select="$words/description"/></th><th scope="col"><xsl:value-of select="$words/marks"/></th><th scope="col" class="num"><xsl:value-of select="$words/gross"/></th><th scope="col" class="num"><xsl:value-of select="$words/released"/></th><th scope="col" class="num"><xsl:value-of select="$words/loaded"/></th><th scope="col"><xsl:value-of select="$words/difference"/></th></tr></thead>
        <tbody>
          <xsl:for-each select="item">
            <tr><th scope="row"><xsl:value-of select="n"/></th><td class="wrap"><xsl:value-of select="description"/></td><td class="wrap"><xsl:value-of select="marks"/></td><td class="num"><xsl:value-of select="gross"/></td><td class="num"><xsl:value-of select="released"/></td><td class="num"><xsl:for-each select="loaded"><xsl:call-template name="parts"/></xsl:for-each></td><td><xsl:value-of select="difference"/></td></tr>
          </xsl:for-each>
        </tbody>
        <tfoot>
          <xsl:for-each select="sum"><tr><th scope="row"><xsl:value-of select="$words/sum"/></th><td/><td/><td class="num"><xsl:value-of select="gross"/></td><td class="num"><xsl:value-of select="released"/></td><td class="num"><xsl:for-each select="loaded"><xsl:call-template name="parts"/></xsl:for-each></td><td><xsl:value-of select="difference"/></td></tr></xsl:for-each>
        </tfoot>
      </table>
    </div>
  </xsl:template>
</xsl:stylesheet>
